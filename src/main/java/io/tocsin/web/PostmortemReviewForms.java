package io.tocsin.web;

import io.tocsin.http.ProblemException;
import io.tocsin.http.Reply;
import io.tocsin.http.Request;
import io.tocsin.incident.Incident;
import io.tocsin.incident.IncidentId;
import io.tocsin.postmortem.ActionItem;
import io.tocsin.postmortem.Review;
import io.tocsin.postmortem.ReviewDesk;
import io.vertx.ext.web.Router;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Optional;

/** Forms on a post-mortem's page: its review, and what is to be done because of it. */
final class PostmortemReviewForms {

  private static final int LONGEST_ACTION = 1000;
  private static final int LONGEST_OWNER = 200;

  private final ConsolePorts ports;
  private final ConsolePage page;
  private final Refusal refusal;

  /** Shows the page again with what went wrong. */
  @FunctionalInterface
  interface Refusal {
    Reply show(Request request, int status, Optional<String> typed, String trouble);
  }

  PostmortemReviewForms(ConsolePorts ports, ConsolePage page, Refusal refusal) {
    this.ports = ports;
    this.page = page;
    this.refusal = refusal;
  }

  void mount(Router router) {
    String path = "/incidents/:id/postmortem";
    page.post(router, path + "/review", this::review);
    page.post(router, path + "/actions", this::add);
    page.post(router, path + "/actions/:action", this::change);
    page.post(router, path + "/actions/:action/export", this::export);
  }

  private ReviewDesk desk() {
    return ports.desk().reviews();
  }

  private IncidentId incident(Request request) {
    IncidentId id = IncidentPages.id(request);
    return ports.incidents().find(id).map(Incident::id).orElseThrow(() -> IncidentPages.absent(id));
  }

  private Reply review(Request request) {
    Review.State to = Request.choice("state", request.required("state"), Review.State.class);
    Optional<String> summary = request.query("public_summary");
    try {
      desk().move(incident(request), to, summary, request.principal().name(), page.now());
    } catch (ReviewDesk.Refused refused) {
      return refusal.show(request, 409, summary, String.valueOf(refused.getMessage()));
    } catch (IllegalArgumentException wrong) {
      return refusal.show(request, 422, summary, String.valueOf(wrong.getMessage()));
    }
    return back(request);
  }

  private Reply add(Request request) {
    String text = request.query("text").orElse("").strip();
    if (text.isEmpty() || text.length() > LONGEST_ACTION) {
      String trouble = "Say what is to be done, in 1 to " + LONGEST_ACTION + " characters.";
      return refusal.show(request, 422, Optional.empty(), trouble);
    }
    desk()
        .add(
            incident(request),
            text,
            request
                .query("kind")
                .map(word -> Request.choice("kind", word, ActionItem.Kind.class))
                .orElse(ActionItem.Kind.OTHER),
            owner(request),
            dueOn(request),
            ActionItem.State.OPEN,
            request.principal().name(),
            page.now());
    return back(request);
  }

  private ActionItem action(Request request) {
    IncidentId incident = incident(request);
    String id = request.path("action");
    return desk()
        .store()
        .action(id)
        .filter(item -> item.incident().equals(incident))
        .orElseThrow(() -> ProblemException.notFound("there is no action item " + id));
  }

  private Reply export(Request request) {
    ActionItem item = action(request);
    String receiver = request.required("receiver");
    try {
      ports.desk().exports().export(item, receiver);
    } catch (IllegalArgumentException refused) {
      String trouble = "No issue was opened by " + receiver + ": expected " + refused.getMessage();
      return refusal.show(request, 422, Optional.empty(), trouble + ".");
    }
    return back(request);
  }

  private Reply change(Request request) {
    ActionItem old = action(request);
    ActionItem.State state =
        Request.choice("state", request.required("state"), ActionItem.State.class);
    desk().store().save(old.with(state));
    return back(request);
  }

  private static Optional<String> owner(Request request) {
    return request
        .query("owner")
        .map(String::strip)
        .filter(name -> !name.isEmpty() && name.length() <= LONGEST_OWNER);
  }

  private static Optional<LocalDate> dueOn(Request request) {
    Optional<String> text = request.query("due_on").filter(word -> !word.isBlank());
    try {
      return text.map(LocalDate::parse);
    } catch (DateTimeException wrong) {
      throw Request.wrong("due_on", text.orElse(""), "a day such as 2026-11-30");
    }
  }

  private static Reply back(Request request) {
    return ConsolePage.to("/incidents/" + IncidentPages.id(request) + "/postmortem");
  }
}
