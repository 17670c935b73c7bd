package io.tocsin.probe;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.tocsin.label.BoundedRegex;
import io.tocsin.settings.Section;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.ConnectOptions;
import io.vertx.core.net.NetSocket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import javax.net.ssl.SSLPeerUnverifiedException;

/**
 * Opens a TCP connection, plain or TLS, optionally sends a text and waits for one.
 *
 * @param address where to
 * @param tls how far the peer is trusted; empty speaks plainly
 * @param send a text to send once connected
 * @param expect an RE2 expression to be found in what comes back, at most {@link #LIMIT} bytes
 */
record TcpProbe(
    HostPort address, Optional<TlsSettings> tls, Optional<String> send, Optional<Pattern> expect)
    implements Probe {

  /** How it is written in a check: {@code tcp: {address: host:port, send, expect, tls}}. */
  static final ProbeKind KIND = new ProbeKind("tcp", TcpProbe::read);

  /** Bytes of an answer that are looked at. */
  static final int LIMIT = 1 << 16;

  private static TcpProbe read(Section section) {
    var probe =
        new TcpProbe(
            HostPort.read(section, "address"),
            section.has("tls") ? Optional.of(TlsSettings.read(section)) : Optional.empty(),
            section.optional("send"),
            section.optional("expect").map(text -> pattern(section, text)));
    section.done();
    return probe;
  }

  private static Pattern pattern(Section section, String text) {
    try {
      return BoundedRegex.compile(text);
    } catch (PatternSyntaxException e) {
      throw section.problem("expect", "an RE2 expression: " + e.getDescription());
    }
  }

  @Override
  public String host() {
    return address.host();
  }

  @Override
  public Future<Finding> ask(ProbeRun run) {
    return connect(run, address, tls).compose(socket -> converse(run, socket));
  }

  /** A connection that closes with its run. */
  static Future<NetSocket> connect(ProbeRun run, HostPort address, Optional<TlsSettings> tls) {
    return run.destination(address.host(), address.port())
        .compose(
            destination -> {
              run.step("connecting to " + address);
              var options =
                  new ConnectOptions()
                      .setRemoteAddress(destination)
                      .setHost(address.host())
                      .setPort(address.port())
                      .setSsl(tls.isPresent())
                      .setTimeout((int) run.timeout().toMillis());
              tls.ifPresent(
                  settings ->
                      options.setSslOptions(settings.options()).setSniServerName(address.host()));
              return run.outside().net().connect(options);
            })
        .onSuccess(socket -> run.closeAtEnd(socket::close));
  }

  /** When the certificate a peer presented ends. */
  static Optional<Instant> expiry(NetSocket socket) {
    if (!socket.isSsl()) {
      return Optional.empty();
    }
    try {
      return TlsSettings.expiry(socket.peerCertificates());
    } catch (SSLPeerUnverifiedException e) {
      return Optional.empty();
    }
  }

  private Future<Finding> converse(ProbeRun run, NetSocket socket) {
    send.ifPresent(socket::write);
    Finding connected =
        tls.filter(settings -> !settings.insecure())
            .flatMap(settings -> settings.trouble(expiry(socket), run.at()))
            .orElseGet(() -> Finding.success("connected"))
            .withTlsExpiry(expiry(socket));
    if (expect.isEmpty()) {
      return Future.succeededFuture(connected);
    }
    run.step("waiting for the expected answer of " + address);
    return listen(socket, expect.get(), connected);
  }

  private static Future<Finding> listen(NetSocket socket, Pattern wanted, Finding met) {
    Promise<Finding> finding = Promise.promise();
    Buffer heard = Buffer.buffer();
    socket.exceptionHandler(finding::tryFail);
    socket.endHandler(
        end -> finding.tryComplete(Finding.failure("closed before the expected answer came")));
    socket.handler(
        bytes -> {
          heard.appendBuffer(bytes);
          if (wanted.matcher(heard.toString(StandardCharsets.UTF_8)).find()) {
            finding.tryComplete(met);
          } else if (heard.length() > LIMIT) {
            finding.tryComplete(Finding.failure("expected answer not within 64 KiB"));
          }
        });
    return finding.future();
  }

  /** Without what is sent, which may hold a secret. */
  @Override
  public String toString() {
    return "TcpProbe[" + address + "]";
  }
}
