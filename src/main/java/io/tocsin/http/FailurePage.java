package io.tocsin.http;

/** How a page for people tells what went wrong. */
@FunctionalInterface
public interface FailurePage {

  /** Under which a request keeps it. */
  String KEY = "tocsin.failurePage";

  /** The page; its status is the problem's. */
  Reply render(Request request, Problem problem);
}
