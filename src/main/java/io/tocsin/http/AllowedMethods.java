package io.tocsin.http;

import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import java.util.Set;
import java.util.TreeSet;

/** What a path does answer to, for the {@code Allow} header of a 405. */
final class AllowedMethods {

  private AllowedMethods() {}

  /** The methods of every route on this path, such as {@code GET, POST}. */
  static String at(String path, Router router) {
    var names = new TreeSet<String>();
    for (Route route : router.getRoutes()) {
      Set<HttpMethod> methods = route.methods();
      if (methods != null && route.getPath() != null && matches(route.getPath(), path)) {
        methods.forEach(method -> names.add(method.name()));
      }
    }
    return String.join(", ", names);
  }

  private static boolean matches(String pattern, String path) {
    String[] expected = pattern.split("/", -1);
    String[] found = path.split("/", -1);
    for (int i = 0; i < expected.length; i++) {
      if (expected[i].equals("*")) {
        return true;
      }
      if (i >= found.length || !(expected[i].startsWith(":") || expected[i].equals(found[i]))) {
        return false;
      }
    }
    return expected.length == found.length;
  }
}
