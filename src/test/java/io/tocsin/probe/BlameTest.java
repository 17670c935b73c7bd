package io.tocsin.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.ChannelException;
import io.tocsin.check.Cause;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.dns.AddressResolverOptions;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;

class BlameTest {

  private static Cause.Side side(Throwable failure) {
    return Blame.of(failure).side();
  }

  @Test
  void ourOwnTroubleIsNeverTheTargets() {
    assertThat(side(new SocketException("Too many open files"))).isEqualTo(Cause.Side.OURSELVES);
    assertThat(side(new IOException("x", new SocketException("Too many open files"))))
        .isEqualTo(Cause.Side.OURSELVES);
    assertThat(side(new BindException("Cannot assign requested address")))
        .isEqualTo(Cause.Side.OURSELVES);
    assertThat(side(new RejectedExecutionException())).isEqualTo(Cause.Side.OURSELVES);
    assertThat(side(new SocketException("Network is unreachable"))).isEqualTo(Cause.Side.NETWORK);
  }

  /** The words of Netty's native transport, which wraps error numbers in exceptions of its own. */
  @Test
  void theNativeTransportsWordsMeanTheSame() {
    assertThat(
            Blame.of(
                new NoRouteToHostException(
                    "connect(..) failed with error(-101): Network is unreachable")))
        .isEqualTo(Cause.network("network is unreachable"));
    assertThat(
            Blame.of(
                new ConnectException(
                    "finishConnect(..) failed with error(-113): No route to host")))
        .isEqualTo(Cause.target("no route to host"));
    assertThat(
            Blame.of(
                new ConnectException(
                    "connect(..) failed with error(-99): Cannot assign requested address")))
        .isEqualTo(Cause.ourselves("no local port left"));
    assertThat(
            Blame.of(
                new ChannelException(
                    new IOException(
                        "newSocketStream(..) failed with error(-24): Too many open files"))))
        .isEqualTo(Cause.ourselves("no file handles left"));
  }

  @Test
  void aNameThatIsNotThereIsTheTargetsAndASilentResolverOurs() throws Exception {
    Vertx servers = Vertx.vertx();
    int resolver = TinyDnsServer.start(servers, Map.of());
    Vertx vertx =
        Vertx.vertx(
            new VertxOptions()
                .setAddressResolverOptions(
                    new AddressResolverOptions()
                        .addServer("127.0.0.1:" + resolver)
                        .setQueryTimeout(200)
                        .setMaxQueries(2)));
    try {
      assertThat(Blame.of(connecting(vertx, "nowhere.test").orElseThrow()))
          .isEqualTo(Cause.target("no such name (NXDomain(3))"));
      assertThat(Blame.of(connecting(vertx, "silent.test").orElseThrow()))
          .isEqualTo(Cause.ourselves("our resolver does not answer"));
      assertThat(side(new UnknownHostException("nowhere.test"))).isEqualTo(Cause.Side.TARGET);
    } finally {
      ProbeHarness.get(vertx.close());
      ProbeHarness.get(servers.close());
    }
  }

  private static Optional<Throwable> connecting(Vertx vertx, String host) throws Exception {
    return ProbeHarness.get(
        vertx
            .createNetClient()
            .connect(1, host)
            .map(socket -> Optional.<Throwable>empty())
            .recover(failure -> Future.succeededFuture(Optional.of(failure))));
  }

  @Test
  void whatTheOtherEndDoesIsTheTargets() {
    assertThat(Blame.of(new ConnectException("Connection refused: /127.0.0.1:1")))
        .isEqualTo(Cause.target("connection refused"));
    assertThat(Blame.of(new SQLException("x", new ConnectException("Connection refused"))))
        .isEqualTo(Cause.target("connection refused"));
    assertThat(Blame.of(new NoRouteToHostException("No route to host")))
        .isEqualTo(Cause.target("no route to host"));
    assertThat(Blame.of(new SSLHandshakeException("bad")).reason()).isEqualTo("TLS: bad");
    assertThat(Blame.of(new IOException("Connection reset by peer")).reason())
        .isEqualTo("Connection reset by peer");
  }
}
