package io.tocsin.grafana;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Puts data sources and boards into a running Grafana. Done again it changes only what differs;
 * what somebody else keeps under a name of ours it leaves alone, unless told otherwise.
 */
public final class Installation {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final String TAG = "tocsin";

  /** What became of one thing. */
  public enum Fate {
    CREATED,
    UPDATED,
    UNCHANGED,
    /** Somebody else's; left as it was. */
    FOREIGN
  }

  /**
   * One thing and what became of it.
   *
   * @param what for people: {@code board Hosts}
   */
  public record Step(String what, Fate fate) {}

  /**
   * What is installed.
   *
   * @param folder title of the folder of the boards
   * @param console address of our console, that links lead to
   * @param force also what is somebody else's is overwritten
   */
  public record Plan(
      String folder, URI console, DataSources sources, List<Board> boards, boolean force) {}

  private final GrafanaApi api;
  private final Plan plan;
  private final Consumer<Step> told;

  private Installation(GrafanaApi api, Plan plan, Consumer<Step> told) {
    this.api = api;
    this.plan = plan;
    this.told = told;
  }

  /**
   * Installs everything. Blocks, at most a minute or so.
   *
   * @param grafana address of Grafana
   * @param token of a service account that may administer; empty for none
   * @param told hears of each step as it is done
   * @throws GrafanaProblem when Grafana is not there or refuses; what was told is done
   */
  public static void run(URI grafana, String token, Plan plan, Consumer<Step> told)
      throws GrafanaProblem {
    try (var api = new GrafanaApi(grafana, token)) {
      var installation = new Installation(api, plan, told);
      for (ObjectNode source : plan.sources().json()) {
        installation.source(source);
      }
      String folder = installation.folder();
      for (Board board : plan.boards()) {
        installation.board(board, folder);
      }
    }
  }

  private void source(ObjectNode wanted) throws GrafanaProblem {
    String uid = wanted.path("uid").asText();
    String path = "/api/datasources/uid/" + uid;
    Optional<JsonNode> there = api.find(path);
    String what = "data source " + wanted.path("name").asText();
    if (there.isEmpty()) {
      api.post("/api/datasources", wanted);
      tell(what, Fate.CREATED);
    } else if (!there.get().path("type").equals(wanted.path("type")) && !plan.force()) {
      tell(what, Fate.FOREIGN);
    } else {
      // Secrets cannot be read back, so whether they differ is not known.
      api.put(path, wanted);
      tell(what, Fate.UPDATED);
    }
  }

  /** The folder's uid. */
  private String folder() throws GrafanaProblem {
    String uid = Board.PREFIX + "boards";
    Optional<JsonNode> there = api.find("/api/folders/" + uid);
    String what = "folder " + plan.folder();
    ObjectNode wanted = JSON.objectNode().put("uid", uid).put("title", plan.folder());
    if (there.isEmpty()) {
      api.post("/api/folders", wanted);
      tell(what, Fate.CREATED);
    } else if (there.get().path("title").asText().equals(plan.folder())) {
      tell(what, Fate.UNCHANGED);
    } else {
      api.put("/api/folders/" + uid, wanted.put("overwrite", true));
      tell(what, Fate.UPDATED);
    }
    return uid;
  }

  private void board(Board board, String folder) throws GrafanaProblem {
    ObjectNode wanted = BoardJson.of(board, plan.console().toString().replaceAll("/+$", ""));
    Optional<JsonNode> there = api.find("/api/dashboards/uid/" + board.uid());
    String what = "board " + board.title();
    if (there.isPresent() && !ours(there.get()) && !plan.force()) {
      tell(what, Fate.FOREIGN);
    } else if (there.isPresent() && same(there.get(), wanted, folder)) {
      tell(what, Fate.UNCHANGED);
    } else {
      ObjectNode body = JSON.objectNode();
      body.set("dashboard", wanted);
      body.put("folderUid", folder).put("overwrite", true).put("message", "Tocsin");
      api.post("/api/dashboards/db", body);
      tell(what, there.isPresent() ? Fate.UPDATED : Fate.CREATED);
    }
  }

  private static boolean ours(JsonNode there) {
    for (JsonNode tag : there.path("dashboard").path("tags")) {
      if (tag.asText().equals(TAG)) {
        return true;
      }
    }
    return false;
  }

  /** Whether all that we want is there; Grafana adds fields of its own. */
  private static boolean same(JsonNode there, ObjectNode wanted, String folder) {
    JsonNode kept = there.path("dashboard");
    for (Map.Entry<String, JsonNode> field : wanted.properties()) {
      if (!kept.path(field.getKey()).equals(field.getValue())) {
        return false;
      }
    }
    return there.path("meta").path("folderUid").asText().equals(folder);
  }

  private void tell(String what, Fate fate) {
    told.accept(new Step(what, fate));
  }
}
