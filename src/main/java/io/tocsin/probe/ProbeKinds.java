package io.tocsin.probe;

import java.util.List;

/** Every kind of probe. A new one is a file and a line here. */
final class ProbeKinds {

  static final List<ProbeKind> ALL =
      List.of(
          HttpProbe.KIND,
          TcpProbe.KIND,
          DnsProbe.KIND,
          TlsProbe.KIND,
          SqlProbe.KIND,
          HeartbeatProbe.KIND,
          DropwizardProbe.KIND,
          SpringBootProbe.KIND);

  private ProbeKinds() {}
}
