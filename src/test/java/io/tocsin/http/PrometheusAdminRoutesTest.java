package io.tocsin.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.access.AccessPolicy;
import io.tocsin.access.Scope;
import io.tocsin.label.Matcher;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PrometheusAdminRoutesTest {

  private record Deleted(List<List<Matcher>> sets, long from, long to) {}

  private final OpsFixture ops = new OpsFixture(AccessPolicy.TOKENS);
  private final List<Deleted> deleted = new ArrayList<>();

  @BeforeEach
  void start() throws Exception {
    ops.start(
        new PrometheusAdminRoutes(
            (sets, from, to) -> deleted.add(new Deleted(sets, from, to)), ops.blocking));
  }

  @AfterEach
  void close() throws Exception {
    ops.close();
  }

  private HttpResponse<String> delete(String query, Scope scope) throws Exception {
    return ops.send(
        ops.request("/prometheus/api/v1/admin/tsdb/delete_series" + query)
            .header("Authorization", "Bearer " + ops.token(scope))
            .POST(HttpRequest.BodyPublishers.noBody()));
  }

  @Test
  void administratorsDeleteSamples() throws Exception {
    var answer = delete("?match%5B%5D=up&start=10&end=20.5", Scope.ADMIN);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(204);
    assertThat(deleted).hasSize(1);
    assertThat(deleted.getFirst().sets.getFirst().getFirst()).hasToString("__name__=\"up\"");
    assertThat(deleted.getFirst().from).isEqualTo(10_000);
    assertThat(deleted.getFirst().to).isEqualTo(20_500);
    assertThat(delete("?match%5B%5D=up", Scope.ADMIN).statusCode()).isEqualTo(204);
    assertThat(deleted.getLast().to).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void nobodyElseDoes() throws Exception {
    assertThat(delete("?match%5B%5D=up", Scope.RESPOND).statusCode()).isEqualTo(403);
    assertThat(deleted).isEmpty();
  }

  @Test
  void whatIsNotClearDeletesNothing() throws Exception {
    assertThat(delete("", Scope.ADMIN).statusCode()).isEqualTo(400);
    assertThat(delete("?match%5B%5D=%7B", Scope.ADMIN).statusCode()).isEqualTo(400);
    assertThat(delete("?match%5B%5D=up&start=5&end=4", Scope.ADMIN).statusCode()).isEqualTo(400);
    assertThat(deleted).isEmpty();
  }
}
