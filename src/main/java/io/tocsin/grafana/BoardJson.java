package io.tocsin.grafana;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * A board as Grafana's JSON model.
 *
 * @see <a
 *     href="https://grafana.com/docs/grafana/latest/dashboards/build-dashboards/view-dashboard-json-model/">Dashboard
 *     JSON model</a>
 */
public final class BoardJson {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final int SCHEMA_VERSION = 41;
  private static final int COLUMNS = 24;
  private static final String TAG = "tocsin";

  private final ObjectNode board = JSON.objectNode();
  private final PanelJson panels = new PanelJson();
  private int x;
  private int y;
  private int lineHeight;
  private int id;

  private BoardJson() {}

  /**
   * The whole document.
   *
   * @param console address of the console that its links lead to, without a slash at the end
   */
  public static ObjectNode of(Board board, String console) {
    return new BoardJson().write(board, console);
  }

  private ObjectNode write(Board source, String console) {
    board.put("uid", source.uid());
    board.put("title", source.title());
    board.put("description", source.about());
    board.putArray("tags").add(TAG);
    board.put("timezone", "browser");
    board.put("schemaVersion", SCHEMA_VERSION);
    board.put("refresh", "15s");
    board.putObject("time").put("from", source.from()).put("to", "now");
    board.put("editable", false);
    board.put("graphTooltip", 1);
    board.set("annotations", Annotations.json());
    board.set("templating", VariableJson.all(source.variables(), console));
    links();
    ArrayNode into = board.putArray("panels");
    source.top().forEach(panel -> into.add(place(panel)));
    for (Board.Section section : source.sections()) {
      into.add(heading(section.title()));
      section.panels().forEach(panel -> into.add(place(panel)));
    }
    return board;
  }

  private void links() {
    ArrayNode links = board.putArray("links");
    links.add(
        link("All boards", "dashboards", "The other boards, at the same time")
            .put("asDropdown", true)
            .put("includeVars", true)
            .put("keepTime", true)
            .put("targetBlank", false)
            .set("tags", JSON.arrayNode().add(TAG)));
    links.add(
        link("Open incidents", "link", "Acknowledge, write updates, resolve")
            .put("url", "${console}/incidents"));
    links.add(
        link("Runbooks", "link", "What to do about each alert").put("url", "${console}/runbooks"));
  }

  /** A link with every field that Grafana's type asks for. */
  static ObjectNode link(String title, String type, String tooltip) {
    ObjectNode link = JSON.objectNode();
    link.put("title", title);
    link.put("type", type);
    link.put("tooltip", tooltip);
    link.put("icon", "external link");
    link.put("asDropdown", false);
    link.put("includeVars", false);
    link.put("keepTime", false);
    link.put("targetBlank", true);
    link.putArray("tags");
    return link;
  }

  private ObjectNode heading(String title) {
    newLine();
    ObjectNode row = JSON.objectNode();
    row.put("id", ++id);
    row.put("type", "row");
    row.put("title", title);
    row.put("collapsed", false);
    row.putArray("panels");
    row.set("gridPos", position(COLUMNS, 1));
    newLine();
    return row;
  }

  private ObjectNode place(Panel panel) {
    if (x + panel.width() > COLUMNS) {
      newLine();
    }
    return panels.write(panel, ++id, position(panel.width(), panel.height()));
  }

  private ObjectNode position(int width, int height) {
    ObjectNode position = JSON.objectNode();
    position.put("x", x).put("y", y).put("w", width).put("h", height);
    x += width;
    lineHeight = Math.max(lineHeight, height);
    return position;
  }

  private void newLine() {
    x = 0;
    y += lineHeight;
    lineHeight = 0;
  }

  /** A reference to a data source. */
  static ObjectNode reference(Source source) {
    return JSON.objectNode().put("type", source.type()).put("uid", source.uid());
  }

  /** Texts as an array. */
  static ArrayNode texts(List<String> values) {
    ArrayNode array = JSON.arrayNode();
    values.forEach(array::add);
    return array;
  }
}
