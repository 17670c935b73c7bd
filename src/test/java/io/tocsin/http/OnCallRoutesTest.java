package io.tocsin.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.access.AccessPolicy;
import io.tocsin.access.Scope;
import io.tocsin.access.SignedText;
import io.tocsin.oncall.ShiftDesk;
import io.tocsin.oncall.ShiftOverrideStore;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OnCallRoutesTest {

  private final OpsFixture ops = new OpsFixture(AccessPolicy.TOKENS);
  private final ShiftOverrideStore store = OnCallSamples.overrides();
  private final AtomicInteger refreshed = new AtomicInteger();
  private final AtomicInteger ids = new AtomicInteger(1);
  private String token;

  @BeforeEach
  void start() throws Exception {
    InstantSource clock = InstantSource.fixed(OpsFixture.NOW);
    ops.start(
        new OnCallRoutes(
            new ShiftDesk(
                OnCallSamples::roster,
                store,
                refreshed::incrementAndGet,
                () -> "o" + ids.incrementAndGet()),
            OnCallSamples::policies,
            ops.blocking,
            clock),
        new CalendarRoutes(
            OnCallSamples::roster,
            store,
            new SignedText(new byte[32]),
            URI.create("https://tocsin.example.com/"),
            ops.blocking,
            clock));
    token = ops.token(Scope.RESPOND);
  }

  @AfterEach
  void close() throws Exception {
    ops.close();
  }

  private HttpResponse<String> send(String method, String path, String body) throws Exception {
    return ops.send(
        ops.request(path)
            .header("Content-Type", "application/json")
            .header("Authorization", "Bearer " + token)
            .method(method, HttpRequest.BodyPublishers.ofString(body)));
  }

  private JsonObject onCall(String at) throws Exception {
    return new JsonObject(send("GET", "/api/v1/oncall?at=" + at, "").body())
        .getJsonArray("schedules")
        .getJsonObject(0);
  }

  @Test
  void whoIsOnCallNowAndAtAnyTime() throws Exception {
    JsonObject now = onCall("2026-11-21T12:00:00Z");
    assertThat(now.getString("person")).isEqualTo("ana");
    assertThat(now.getString("email")).isEqualTo("ana@example.com");
    assertThat(now.getString("until")).isEqualTo("2026-11-21T13:00:00Z");
    assertThat(now.getString("next")).isEqualTo("ben");
    assertThat(onCall("2026-11-24T12:00:00Z").getString("person")).isEqualTo("ben");
  }

  @Test
  void anOverrideCountsAtOnceAndCanBeTakenBack() throws Exception {
    var made =
        send(
            "POST",
            "/api/v1/oncall/schedules/l1/overrides",
            "{\"person\":\"ana\",\"start\":\"2026-11-24T00:00:00Z\",\"end\":\"2026-11-25T00:00:00Z\"}");
    assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
    assertThat(refreshed).hasValue(1);
    assertThat(onCall("2026-11-24T12:00:00Z").getString("person")).isEqualTo("ana");
    String place = made.headers().firstValue("Location").orElseThrow();
    assertThat(send("DELETE", place, "").statusCode()).isEqualTo(204);
    assertThat(onCall("2026-11-24T12:00:00Z").getString("person")).isEqualTo("ben");
  }

  @Test
  void aSwapIsTwoOverrides() throws Exception {
    var made =
        send(
            "POST",
            "/api/v1/oncall/schedules/l1/swaps",
            """
            {"person":"ana","start":"2026-11-22T00:00:00Z","end":"2026-11-23T00:00:00Z",
             "with":"ben","with_start":"2026-11-24T00:00:00Z","with_end":"2026-11-25T00:00:00Z"}\
            """);
    assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
    assertThat(onCall("2026-11-22T12:00:00Z").getString("person")).isEqualTo("ben");
    assertThat(onCall("2026-11-24T12:00:00Z").getString("person")).isEqualTo("ana");
  }

  @Test
  void wrongOverridesAreRefusedWithTheirField() throws Exception {
    String path = "/api/v1/oncall/schedules/l1/overrides";
    assertThat(
            send(
                    "POST",
                    path,
                    "{\"person\":\"eva\",\"start\":\"2026-11-24T00:00:00Z\",\"end\":\"2026-11-25T00:00:00Z\"}")
                .body())
        .contains("person: found \\\"eva\\\", expected one of");
    assertThat(
            send(
                    "POST",
                    path,
                    "{\"person\":\"ana\",\"start\":\"2026-11-25T00:00:00Z\",\"end\":\"2026-11-24T00:00:00Z\"}")
                .statusCode())
        .isEqualTo(400);
    assertThat(
            send(
                    "GET",
                    "/api/v1/oncall/schedules/l1?from=2026-11-24T00:00:00Z&to=2029-01-01T00:00:00Z",
                    "")
                .statusCode())
        .isEqualTo(400);
  }

  @Test
  void aCalendarIsReadByItsSignedAddressAlone() throws Exception {
    var feeds =
        new JsonObject(send("GET", "/api/v1/oncall/feeds", "").body()).getJsonArray("feeds");
    for (int i = 0; i < feeds.size(); i++) {
      URI url = URI.create(feeds.getJsonObject(i).getString("url"));
      var calendar = ops.get(url.getPath());
      assertThat(calendar.statusCode()).isEqualTo(200);
      assertThat(calendar.headers().firstValue("Content-Type").orElse(""))
          .startsWith("text/calendar");
      assertThat(calendar.body()).contains("BEGIN:VEVENT", "on call: l1");
    }
    assertThat(ops.get("/calendars/" + "Zm9yZ2Vk.Zm9yZ2Vk.ics").statusCode()).isEqualTo(404);
    assertThat(ops.get("/calendars/x.ics").statusCode()).isEqualTo(404);
  }
}
