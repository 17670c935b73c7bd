package io.tocsin.web;

import io.tocsin.http.Reply;
import io.tocsin.http.Request;
import io.tocsin.incident.Incident;
import io.tocsin.incident.IncidentId;
import io.tocsin.incident.IncidentStore;
import io.tocsin.postmortem.ActionItem;
import io.tocsin.postmortem.Postmortem;
import io.tocsin.postmortem.Review;
import io.tocsin.postmortem.Story;
import io.vertx.ext.web.Router;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Post-mortems of all incidents: those that are written and those that are owed. */
final class PostmortemList {

  private static final int LOOKED_AT = 300;
  private static final int LISTED = 100;
  private static final int ACTIONS = 200;

  private final ConsolePorts ports;
  private final ConsolePage page;

  PostmortemList(ConsolePorts ports, ConsolePage page) {
    this.ports = ports;
    this.page = page;
  }

  void mount(Router router) {
    page.get(router, "/postmortems", this::list);
  }

  private Reply list(Request request) {
    Instant now = page.now();
    String words = request.query("q").orElse("").strip();
    String owner = request.query("owner").orElse("").strip();
    Optional<String> state = request.query("state").filter(word -> !word.isEmpty());
    state
        .filter(word -> !word.equals("overdue"))
        .ifPresent(word -> Request.choice("state", word, Review.State.class));
    List<Story> found =
        ports.desk().reviews().stories(words.isEmpty() ? newest() : having(words)).stream()
            .filter(Story::matters)
            .filter(story -> fits(story, state, now))
            .filter(story -> owner.isEmpty() || like(story.owner().orElse(""), owner))
            .limit(LISTED)
            .toList();
    List<ActionItem> open =
        ports.desk().reviews().store().openActions(ACTIONS).stream()
            .filter(item -> owner.isEmpty() || like(item.owner().orElse(""), owner))
            .toList();
    var fields = new LinkedHashMap<String, String>();
    fields.put("q", words);
    fields.put("state", state.orElse(""));
    fields.put("owner", owner);
    return page.page(
        request,
        "console/postmortems.jte",
        "Post-mortems",
        Map.of(
            "stories",
            found,
            "actions",
            open,
            "names",
            names(open, found),
            "fields",
            fields,
            "now",
            now));
  }

  private static boolean fits(Story story, Optional<String> state, Instant now) {
    return state
        .map(
            word ->
                word.equals("overdue")
                    ? story.overdue(now)
                    : story.version() > 0
                        && story.state() == Request.choice("state", word, Review.State.class))
        .orElse(true);
  }

  private static boolean like(String name, String asked) {
    return name.toLowerCase(Locale.ROOT).contains(asked.toLowerCase(Locale.ROOT));
  }

  private List<Incident> newest() {
    return ports
        .incidents()
        .search(
            new IncidentStore.Filter(
                List.of(Incident.State.RESOLVED, Incident.State.OPEN),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                LOOKED_AT));
  }

  /** Those whose text has the words, best first. */
  private List<Incident> having(String words) {
    return ports.postmortems().search(words, LISTED).stream()
        .map(Postmortem::incident)
        .flatMap(id -> ports.incidents().find(id).stream())
        .toList();
  }

  /** How the incidents of action items are called. */
  private Map<IncidentId, String> names(List<ActionItem> items, List<Story> known) {
    var names =
        new HashMap<>(
            known.stream()
                .map(Story::incident)
                .collect(Collectors.toMap(Incident::id, PostmortemList::name)));
    Function<IncidentId, String> other =
        id -> ports.incidents().find(id).map(PostmortemList::name).orElse(id.value());
    items.forEach(item -> names.computeIfAbsent(item.incident(), other));
    return names;
  }

  private static String name(Incident incident) {
    return "#" + incident.number() + " " + incident.title();
  }
}
