package io.tocsin.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.check.Cause;
import io.tocsin.check.Outcome;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class TcpProbeTest {

  private static ProbeHarness harness;
  private static int port;

  @BeforeAll
  static void serve() throws Exception {
    harness = new ProbeHarness();
    port =
        ProbeHarness.get(
                harness
                    .vertx
                    .createNetServer()
                    .connectHandler(
                        socket ->
                            socket.handler(
                                bytes -> {
                                  if (bytes.toString().startsWith("PING")) {
                                    socket.write("+PO").compose(first -> socket.write("NG\r\n"));
                                  } else {
                                    socket.end();
                                  }
                                }))
                    .listen(0, "127.0.0.1"))
            .actualPort();
  }

  @AfterAll
  static void close() throws Exception {
    harness.close();
  }

  private static Finding ask(String more) throws Exception {
    return harness.ask("timeout: 5s\ntcp: {address: '127.0.0.1:%d'%s}".formatted(port, more));
  }

  @Test
  void anOpenPortIsASuccess() throws Exception {
    assertThat(ask("").outcome()).isEqualTo(Outcome.SUCCESS);
  }

  @Test
  void sendsATextAndWaitsForTheExpectedOne() throws Exception {
    assertThat(ask(", send: \"PING\\r\\n\", expect: '\\+PONG'").outcome())
        .isEqualTo(Outcome.SUCCESS);
    assertThat(ask(", send: QUIT, expect: PONG").cause())
        .contains(Cause.target("closed before the expected answer came"));
  }

  @Test
  void silenceTimesOutAndSaysInWhichStep() throws Exception {
    Finding finding =
        harness.ask("timeout: 150ms\ntcp: {address: '127.0.0.1:%d', expect: PONG}".formatted(port));

    assertThat(finding.detail())
        .isEqualTo(
            "no answer within 150 ms (waiting for the expected answer of 127.0.0.1:%d)"
                .formatted(port));
  }
}
