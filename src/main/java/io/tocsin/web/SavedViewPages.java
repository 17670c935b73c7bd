package io.tocsin.web;

import io.tocsin.http.Reply;
import io.tocsin.http.Request;
import io.tocsin.view.SavedViews;
import io.vertx.ext.web.Router;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/** Filters of a list, saved under a name for everybody. */
final class SavedViewPages {

  private final String list;
  private final List<String> fields;
  private final SavedViews views;
  private final ConsolePage page;
  private final BiFunction<Request, Several, Reply> refused;

  /**
   * @param list the list's path
   * @param fields of its query that a view keeps
   * @param refused the list with why nothing was saved
   */
  SavedViewPages(
      String list,
      List<String> fields,
      SavedViews views,
      ConsolePage page,
      BiFunction<Request, Several, Reply> refused) {
    this.list = list;
    this.fields = fields;
    this.views = views;
    this.page = page;
    this.refused = refused;
  }

  void mount(Router router) {
    page.get(router, list + "/views", request -> ConsolePage.to(list));
    page.post(router, list + "/views", this::save);
    page.post(router, list + "/views/remove", this::remove);
  }

  /** What the list's page shows of them. */
  List<SavedViews.View> all() {
    return views.of(list);
  }

  /** The filter without what a view does not keep; empty text for none. */
  static String query(Address address, List<String> fields) {
    Map<String, String> kept = new LinkedHashMap<>();
    fields.forEach(name -> kept.put(name, address.fields().getOrDefault(name, "")));
    String whole = new Address("", kept).toString();
    return whole.isEmpty() ? "" : whole.substring(1);
  }

  private Reply save(Request request) {
    var asked = new LinkedHashMap<String, String>();
    fields.forEach(name -> asked.put(name, request.query(name).orElse("")));
    String query = query(new Address(list, asked), fields);
    String name = request.query("name").orElse("").strip();
    try {
      var view = new SavedViews.View(list, name, query, request.principal().name(), page.now());
      if (views.add(view)) {
        return ConsolePage.to(list + "?" + query);
      }
      boolean taken = all().stream().anyMatch(it -> it.name().equals(name));
      return refused.apply(
          request,
          new Several(
              taken
                  ? "There is a view \"" + name + "\" already: remove it or take another name."
                  : "There are " + SavedViews.MOST + " views already: remove one first.",
              List.of()));
    } catch (IllegalArgumentException wrong) {
      return refused.apply(request, new Several("Not saved. " + wrong.getMessage(), List.of()));
    }
  }

  private Reply remove(Request request) {
    views.remove(list, request.required("name"));
    return ConsolePage.to(list);
  }
}
