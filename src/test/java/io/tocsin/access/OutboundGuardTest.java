package io.tocsin.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OutboundGuardTest {

  private static final OutboundGuard GUARD = OutboundGuard.allowing(List.of());

  private static InetAddress address(String literal) throws UnknownHostException {
    return InetAddress.getByName(literal);
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, loopback",
    "127.255.255.254, loopback",
    "0.0.0.0, this host",
    "10.1.2.3, private",
    "172.31.255.255, private",
    "192.168.1.1, private",
    "169.254.169.254, link-local",
    "100.100.100.200, shared",
    "168.63.129.16, cloud metadata",
    "255.255.255.255, reserved",
    "::1, loopback",
    "::, this host",
    "::ffff:127.0.0.1, loopback",
    "::127.0.0.1, loopback",
    "64:ff9b::10.0.0.1, private",
    "2002:7f00:1::1, loopback",
    "fd00:ec2::254, private",
    "fe80::1, link-local",
    "ff02::1, multicast",
  })
  void refusesWhatIsNotPublicAndSaysWhatItIs(String literal, String kind) throws Exception {
    assertThat(GUARD.refusal(address(literal)))
        .hasValueSatisfying(reason -> assertThat(reason).endsWith("(" + kind + ")"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"8.8.8.8", "172.32.0.1", "100.128.0.1", "2606:4700::1111", "2002:808:808::1"})
  void permitsThePublicInternet(String literal) throws Exception {
    assertThat(GUARD.refusal(address(literal))).isEmpty();
  }

  @Test
  void oneRefusedAddressRefusesTheName() throws Exception {
    assertThat(GUARD.refusal(List.of(address("8.8.8.8"), address("10.0.0.1"))))
        .contains("address 10.0.0.1 is not allowed (private)");
    assertThat(GUARD.refusal(List.of())).contains("the host has no address");
  }

  @Test
  void refusesOtherSchemesAndCredentialsInTheUrl() throws Exception {
    List<InetAddress> publicAddress = List.of(address("8.8.8.8"));

    assertThat(GUARD.refusal(URI.create("https://example.com/x"), publicAddress)).isEmpty();
    assertThat(GUARD.refusal(URI.create("file:///etc/passwd"), publicAddress))
        .contains("scheme: found \"file\", expected http or https");
    assertThat(GUARD.refusal(URI.create("http://user:pw@example.com"), publicAddress))
        .contains("a URL with user information is not allowed");
  }

  @Test
  void theOperatorMayAllowNetworksAndSingleAddresses() throws Exception {
    OutboundGuard guard = OutboundGuard.allowing(List.of("10.1.0.0/16", "::1", "192.168.0.0/17"));

    assertThat(guard.refusal(address("10.1.255.255"))).isEmpty();
    assertThat(guard.refusal(address("::1"))).isEmpty();
    assertThat(guard.refusal(address("192.168.127.1"))).isEmpty();
    assertThat(guard.refusal(address("192.168.128.1"))).isPresent();
    assertThat(guard.refusal(address("10.2.0.1"))).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"example.com", "10.0.0.0/33", "10.0.0.0/x", "10.0.0/8", "300.0.0.1", "fd00::/129"})
  void aMalformedNetworkIsNamed(String network) {
    assertThatThrownBy(() -> OutboundGuard.allowing(List.of(network)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("found " + network + ", expected an address or a network");
  }
}
