package io.tocsin.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LiveFeedTest {

  private final Map<String, Long> stamps = new HashMap<>(Map.of("alerts", 1L, "checks", 1L));
  private final LiveFeed feed = new LiveFeed("abc", () -> Map.copyOf(stamps));

  private List<String> missedAfter(String position) {
    var topics = new ArrayList<String>();
    feed.join(position, change -> topics.add(change.topic()));
    return topics;
  }

  private void change(String topic) {
    stamps.merge(topic, 1L, Long::sum);
    feed.look();
  }

  @Test
  void listenersHearWhatChangedAndNothingElse() {
    var heard = new ArrayList<String>();
    feed.look();
    feed.join(feed.position(), change -> heard.add(change.topic()));
    feed.look();
    change("alerts");
    stamps.remove("checks");
    stamps.put("incident-i1", 1L);
    feed.look();
    assertThat(heard).containsExactlyInAnyOrder("alerts", "checks", "incident-i1");
  }

  @Test
  void whoComesBackIsToldOnceOfEachTopicItMissed() {
    feed.look();
    String before = feed.position();
    change("alerts");
    change("alerts");
    change("checks");
    assertThat(missedAfter(before)).containsExactly("alerts", "checks");
    assertThat(missedAfter(feed.position())).isEmpty();
  }

  @Test
  void whoJoinedBeforeTheFirstLookReadsEverythingAfterIt() {
    var heard = new ArrayList<String>();
    feed.join("", change -> heard.add(change.topic()));
    heard.clear();
    change("alerts");
    assertThat(heard).containsExactly(LiveFeed.EVERYTHING);
  }

  @Test
  void whoMissedTooMuchOrSpeaksOfAnotherRunReadsEverything() {
    feed.look();
    String before = feed.position();
    for (int i = 0; i <= LiveFeed.KEPT; i++) {
      change("alerts");
    }
    assertThat(missedAfter(before)).containsExactly(LiveFeed.EVERYTHING);
    assertThat(missedAfter("def-3")).containsExactly(LiveFeed.EVERYTHING);
    assertThat(missedAfter("abc-99999999")).containsExactly(LiveFeed.EVERYTHING);
    assertThat(missedAfter("what?")).containsExactly(LiveFeed.EVERYTHING);
  }
}
