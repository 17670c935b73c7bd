package io.tocsin.grafana;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** How each shape is drawn: the same shape looks the same on every board. */
final class PanelOptions {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private PanelOptions() {}

  /** The panel's {@code options}. */
  static ObjectNode of(Panel panel) {
    ObjectNode options = JSON.objectNode();
    switch (panel.shape()) {
      case FIGURE -> {
        options.put("colorMode", "background");
        options.put("graphMode", "none");
        options.put("justifyMode", "auto");
        options.put("orientation", "auto");
        options.put("textMode", panel.queries().size() > 1 ? "value_and_name" : "auto");
        options.put("wideLayout", true);
        options.put("showPercentChange", false);
        options.put("percentChangeColorMode", "standard");
        reduce(options);
      }
      case METERS -> {
        options.put("displayMode", "gradient");
        options.put("orientation", "horizontal");
        options.put("showUnfilled", true);
        options.put("valueMode", "color");
        options.put("namePlacement", "auto");
        options.put("sizing", "auto");
        options.put("minVizWidth", 8);
        options.put("minVizHeight", 16);
        options.put("maxVizHeight", 300);
        legend(options, false);
        reduce(options);
      }
      case LINES -> {
        legend(options, true);
        options.putObject("tooltip").put("mode", "multi").put("sort", "desc");
      }
      case TABLE -> {
        options.put("showHeader", true);
        options.put("cellHeight", "sm");
        options.put("frameIndex", 0);
      }
      case HEATMAP -> heatmap(options);
      case STATES -> {
        options.put("mergeValues", true);
        options.put("showValue", "never");
        options.put("alignValue", "left");
        options.put("rowHeight", 0.8);
        legend(options, true);
        options.putObject("tooltip").put("mode", "single").put("sort", "none");
      }
    }
    return options;
  }

  /** The {@code custom} part of a panel's fields. */
  static ObjectNode custom(Panel panel) {
    ObjectNode custom = JSON.objectNode();
    switch (panel.shape()) {
      case LINES -> {
        custom.put("drawStyle", "line");
        custom.put("lineWidth", 1);
        custom.put("fillOpacity", 6);
        custom.put("showPoints", "auto");
        custom.put("spanNulls", false);
        custom
            .putObject("thresholdsStyle")
            .put("mode", panel.scale().steps().isEmpty() ? "off" : "line+area");
      }
      case STATES -> {
        custom.put("lineWidth", 0);
        custom.put("fillOpacity", 80);
      }
      case TABLE -> custom.put("filterable", true);
      case FIGURE, METERS, HEATMAP -> {}
    }
    return custom;
  }

  private static void reduce(ObjectNode options) {
    ObjectNode reduce = options.putObject("reduceOptions");
    reduce.put("values", false);
    reduce.put("fields", "");
    reduce.putArray("calcs").add("lastNotNull");
  }

  private static void legend(ObjectNode options, boolean shown) {
    ObjectNode legend = options.putObject("legend");
    legend.put("displayMode", "list");
    legend.put("placement", "bottom");
    legend.put("showLegend", shown);
    legend.putArray("calcs");
  }

  /** Buckets come from the histogram itself; dark means many. */
  private static void heatmap(ObjectNode options) {
    options.put("calculate", false);
    options.put("cellGap", 1);
    options.put("showValue", "never");
    ObjectNode colour = options.putObject("color");
    colour.put("mode", "scheme");
    colour.put("scheme", "Cividis");
    colour.put("fill", "dark-orange");
    colour.put("exponent", 0.5);
    colour.put("steps", 64);
    colour.put("reverse", false);
    options.putObject("exemplars").put("color", Colour.RED.hex());
    options.putObject("filterValues").put("le", 1e-9);
    options.putObject("legend").put("show", true);
    options.putObject("rowsFrame").put("layout", "auto");
    options
        .putObject("tooltip")
        .put("mode", "single")
        .put("yHistogram", false)
        .put("showColorScale", false);
    options.putObject("yAxis").put("unit", "s").put("reverse", false);
  }
}
