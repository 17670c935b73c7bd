package io.tocsin.statuspage;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What subscribers are told, read off the public page and nothing else: so nothing can leave that
 * the page does not say.
 */
public final class Bulletin {

  private Bulletin() {}

  /** All news of the page since an instant, oldest first. */
  public static List<News> since(PageSnapshot page, Instant since) {
    var news = new ArrayList<News>();
    for (PublicIncident incident : page.incidents()) {
      for (PublicIncident.Update update : incident.updates()) {
        if (!update.at().isBefore(since)) {
          news.add(incident(page, incident, update));
        }
      }
    }
    for (PlannedWork work : page.maintenance()) {
      for (PlannedWork.Step step : work.steps()) {
        if (!step.at().isBefore(since)) {
          news.add(work(page, work, step));
        }
      }
    }
    news.sort(Comparator.comparing(News::at).thenComparing(News::id));
    return List.copyOf(news);
  }

  private static News incident(
      PageSnapshot page, PublicIncident incident, PublicIncident.Update update) {
    Map<String, News.Words> said = new HashMap<>();
    for (Language language : page.spec().look().languages()) {
      PublicWords words = PublicWords.in(language);
      String title = words.title(incident);
      said.put(
          language.label(),
          new News.Words(
              "[" + words.phase(update.phase()) + "] " + title,
              title,
              words.phase(update.phase())
                  + " - "
                  + words.times().full(update.at())
                  + "\n\n"
                  + words.text(incident, update),
              StatuspageRecords.link(page.spec(), incident)));
    }
    return new News(
        "incident-" + update.id(),
        incident.id(),
        News.Kind.INCIDENT,
        update.at(),
        ids(incident.components()),
        said,
        StatuspageWebhook.incident(page, incident, update));
  }

  private static News work(PageSnapshot page, PlannedWork work, PlannedWork.Step step) {
    Map<String, News.Words> said = new HashMap<>();
    for (Language language : page.spec().look().languages()) {
      PublicWords words = PublicWords.in(language);
      String when = words.times().full(work.startsAt()) + " - " + words.times().full(work.endsAt());
      String hit =
          work.components().isEmpty()
              ? ""
              : "\n"
                  + words.list(work.components().stream().map(PageSpec.Component::name).toList());
      said.put(
          language.label(),
          new News.Words(
              "[" + words.step(step) + "] " + work.title(),
              work.title(),
              words.step(step) + "\n" + when + hit + "\n\n" + work.text(),
              StatuspageRecords.home(page.spec()) + "#maintenance-title"));
    }
    return new News(
        "maintenance-" + work.id() + "-" + step.kind().name().toLowerCase(java.util.Locale.ROOT),
        work.id(),
        News.Kind.MAINTENANCE,
        step.at(),
        ids(work.components()),
        said,
        StatuspageWebhook.maintenance(page, work));
  }

  private static List<String> ids(List<PageSpec.Component> components) {
    return components.stream().map(PageSpec.Component::id).toList();
  }
}
