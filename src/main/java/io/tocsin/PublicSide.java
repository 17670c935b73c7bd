package io.tocsin;

import io.tocsin.incident.IncidentId;
import io.tocsin.postgres.PostgresFollowUps;
import io.tocsin.postgres.PostgresPageEdits;
import io.tocsin.postgres.PostgresResponseTimes;
import io.tocsin.postmortem.FollowUpStore;
import io.tocsin.postmortem.Review;
import io.tocsin.statuspage.PageEditStore;
import io.tocsin.statuspage.PageEdits;
import io.tocsin.statuspage.StoredPage;
import io.tocsin.web.Assets;
import io.tocsin.web.StatusSite;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The status page with what feeds it.
 *
 * @param site the page as it is served
 * @param responses how fast its components answer
 * @param edits what people changed of it beside the configuration
 */
record PublicSide(StatusSite site, ResponseBoard responses, PageEditStore edits) {

  private static final Logger log = LoggerFactory.getLogger(PublicSide.class);
  private static final Duration MAINTENANCE_ROUNDS = Duration.ofSeconds(5);
  private static final Duration EDITS = Duration.ofSeconds(5);
  private static final Duration RESPONSES = Duration.ofMinutes(1);
  private static final int PUBLISHED = 500;

  /** Makes it; nothing is read before the site is started. */
  static PublicSide in(
      Foundation foundation,
      Stores stores,
      CheckBoard board,
      Assets assets,
      PageSettings settings,
      InstantSource clock) {
    var responses =
        new ResponseBoard(new PostgresResponseTimes(foundation.database()), board::checksOf);
    var followUps = new PostgresFollowUps(foundation.database());
    var source =
        new StoredPage(
            stores.incidents(),
            stores.maintenances(),
            stores.maintenanceSteps(),
            new StoredPage.Known(board::components, responses::curves, () -> summaries(followUps)),
            stores.uptime());
    settings.openCopy().ifPresent(log::warn);
    var site = new StatusSite(settings.spec(), source, clock, assets, settings.reach());
    return new PublicSide(site, responses, new PostgresPageEdits(foundation.database()));
  }

  /** What published post-mortems say to the public, by incident. */
  private static Map<IncidentId, String> summaries(FollowUpStore followUps) {
    return followUps.published(PUBLISHED).stream()
        .collect(
            Collectors.toMap(
                Review::incident, review -> review.publicSummary().orElseThrow(), (a, b) -> a));
  }

  /** Takes planned work through its steps. */
  void leads(Chores chores, Stores stores, PageSettings settings, InstantSource clock) {
    var rounds =
        new MaintenanceRounds(
            stores.maintenances(),
            stores.maintenanceSteps(),
            settings::remindBefore,
            (planned, step) -> site.changed());
    chores.every(MAINTENANCE_ROUNDS, "maintenance", () -> rounds.round(clock.instant()));
  }

  /** Reads response times, and what people changed, perhaps at another node. */
  void reads(Chores chores, InstantSource clock) {
    chores.every(EDITS, "changes of the status page", this::readEdits);
    chores.every(
        RESPONSES,
        "response times",
        () -> responses.refresh(site.snapshot().spec().components(), clock.instant()));
  }

  /** Shows the page as people changed it. */
  void readEdits() {
    site.edit(edits.load().map(PageEditStore.Kept::edits).orElse(PageEdits.NONE));
  }
}
