package io.tocsin.probe;

import io.netty.util.NetUtil;
import io.tocsin.check.Cause;
import io.tocsin.settings.Section;
import io.vertx.core.Future;
import io.vertx.core.dns.DnsClient;
import io.vertx.core.dns.DnsClientOptions;
import io.vertx.core.dns.DnsException;
import io.vertx.core.dns.DnsResponseCode;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Looks up a name.
 *
 * @param name what to look up
 * @param type which records
 * @param expect answers that must be among those given; an MX is {@code 10 mail.example.com}
 * @param resolver whom to ask; empty asks the system's, and then its silence is our own trouble
 */
record DnsProbe(String name, Type type, List<String> expect, Optional<HostPort> resolver)
    implements Probe {

  /** How it is written in a check: {@code dns: {name, type: A, expect, resolver: address[:53]}}. */
  static final ProbeKind KIND = new ProbeKind("dns", DnsProbe::read);

  /** Kinds of records. */
  enum Type {
    A,
    AAAA,
    CNAME,
    MX,
    TXT,
    NS
  }

  private static DnsProbe read(Section section) {
    Optional<HostPort> resolver =
        section.has("resolver")
            ? Optional.of(HostPort.read(section, "resolver", 53))
            : Optional.empty();
    if (resolver.isPresent()
        && !NetUtil.isValidIpV4Address(resolver.get().host())
        && !NetUtil.isValidIpV6Address(resolver.get().host())) {
      throw section.problem("resolver", "an address such as 192.0.2.53 or 192.0.2.53:5353");
    }
    Type type = section.choice("type", Type.class, Type.A);
    List<String> expect =
        section.strings("expect").stream().map(text -> normal(type, text)).toList();
    var probe = new DnsProbe(section.string("name"), type, expect, resolver);
    section.done();
    return probe;
  }

  @Override
  public String host() {
    return resolver.map(HostPort::host).orElse("");
  }

  @Override
  public Future<Finding> ask(ProbeRun run) {
    run.step("waiting for " + resolver.map(HostPort::toString).orElse("the resolver"));
    return resolver
        .map(address -> run.destination(address.host(), address.port()).<Void>mapEmpty())
        .orElseGet(Future::succeededFuture)
        .compose(permitted -> look(run))
        .map(this::finding)
        .recover(this::unanswered);
  }

  private Future<List<String>> look(ProbeRun run) {
    var options = new DnsClientOptions().setQueryTimeout(run.timeout().toMillis());
    resolver.ifPresent(address -> options.setHost(address.host()).setPort(address.port()));
    DnsClient client = run.outside().vertx().createDnsClient(options);
    run.closeAtEnd(client::close);
    return switch (type) {
      case A -> client.resolveA(name);
      case AAAA -> client.resolveAAAA(name);
      case CNAME -> client.resolveCNAME(name);
      case MX ->
          client
              .resolveMX(name)
              .map(
                  records ->
                      records.stream()
                          .map(record -> record.priority() + " " + record.name())
                          .toList());
      case TXT -> client.resolveTXT(name);
      case NS -> client.resolveNS(name);
    };
  }

  private Finding finding(List<String> found) {
    List<String> answers = found.stream().map(text -> normal(type, text)).sorted().toList();
    var count = List.of(Reading.of("probe_dns_answer_rrs", answers.size()));
    String said = type + " " + name + ": ";
    for (String wanted : expect) {
      if (!answers.contains(wanted)) {
        return Finding.failure(said + "found " + answers + ", expected " + wanted)
            .withReadings(count);
      }
    }
    return answers.isEmpty()
        ? Finding.failure(said + "no such record").withReadings(count)
        : Finding.success(said + String.join(", ", answers)).withReadings(count);
  }

  private Future<Finding> unanswered(Throwable failure) {
    if (failure instanceof DnsException dns) {
      boolean ours = resolver.isEmpty() && dns.code() == DnsResponseCode.REFUSED;
      String code = dns.code().toString().split(":", 2)[0];
      String reason = type + " " + name + ": " + code;
      return Future.succeededFuture(
          Finding.blaming(ours ? Cause.ourselves(reason) : Cause.target(reason)));
    }
    boolean silent = String.valueOf(failure.getMessage()).contains("timeout");
    return resolver.isEmpty() && silent
        ? Future.succeededFuture(Finding.blaming(Cause.ourselves("our resolver does not answer")))
        : Future.failedFuture(failure);
  }

  /** Names without the final dot and in lower case, texts as they are. */
  private static String normal(Type type, String answer) {
    if (type == Type.TXT) {
      return answer;
    }
    String lower = answer.toLowerCase(Locale.ROOT);
    if (type == Type.AAAA && NetUtil.isValidIpV6Address(lower)) {
      return NetUtil.toAddressString(NetUtil.getByName(lower));
    }
    return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
  }
}
