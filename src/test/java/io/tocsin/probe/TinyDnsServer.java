package io.tocsin.probe;

import io.netty.util.NetUtil;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.datagram.DatagramPacket;
import io.vertx.core.datagram.DatagramSocket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * Answers DNS questions over UDP from a table of {@code "TYPE name"} to record data.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc1035">RFC 1035</a>
 */
final class TinyDnsServer {

  private static final Map<Integer, String> TYPES =
      Map.of(1, "A", 2, "NS", 5, "CNAME", 15, "MX", 16, "TXT", 28, "AAAA");
  private static final int NO_ERROR = 0;
  private static final int NO_SUCH_NAME = 3;

  private final Map<String, List<Buffer>> records;
  private final DatagramSocket socket;

  private TinyDnsServer(Map<String, List<Buffer>> records, DatagramSocket socket) {
    this.records = records;
    this.socket = socket;
  }

  /** Starts one and gives back its port. */
  static int start(Vertx vertx, Map<String, List<Buffer>> records) throws Exception {
    DatagramSocket socket = vertx.createDatagramSocket();
    var server = new TinyDnsServer(records, socket);
    socket.handler(server::answer);
    return ProbeHarness.get(socket.listen(0, "127.0.0.1")).localAddress().port();
  }

  static Buffer address(String literal) {
    return Buffer.buffer(NetUtil.createByteArrayFromIpAddressString(literal));
  }

  static Buffer name(String dotted) {
    Buffer name = Buffer.buffer();
    for (String label : dotted.split("\\.")) {
      name.appendByte((byte) label.length()).appendString(label);
    }
    return name.appendByte((byte) 0);
  }

  static Buffer exchange(int priority, String host) {
    return Buffer.buffer().appendUnsignedShort(priority).appendBuffer(name(host));
  }

  static Buffer text(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return Buffer.buffer().appendByte((byte) bytes.length).appendBytes(bytes);
  }

  private void answer(DatagramPacket packet) {
    Buffer query = packet.data();
    var asked = new StringBuilder();
    int at = 12;
    for (int length = query.getByte(at); length != 0; length = query.getByte(at)) {
      asked.append(asked.isEmpty() ? "" : ".").append(query.getString(at + 1, at + 1 + length));
      at += 1 + length;
    }
    int type = query.getUnsignedShort(at + 1);
    int end = at + 5;
    List<Buffer> found = records.get(TYPES.get(type) + " " + asked);
    if (asked.toString().startsWith("silent")) {
      return;
    }
    Buffer answer =
        Buffer.buffer()
            .appendBuffer(query.getBuffer(0, 2))
            .appendUnsignedShort(0x8180 | (found == null ? NO_SUCH_NAME : NO_ERROR))
            .appendUnsignedShort(1)
            .appendUnsignedShort(found == null ? 0 : found.size())
            .appendUnsignedInt(0)
            .appendBuffer(query.getBuffer(12, end));
    if (found != null) {
      for (Buffer data : found) {
        answer
            .appendUnsignedShort(0xc00c)
            .appendUnsignedShort(type)
            .appendUnsignedShort(1)
            .appendUnsignedInt(60)
            .appendUnsignedShort(data.length())
            .appendBuffer(data);
      }
    }
    socket.send(answer, packet.sender().port(), packet.sender().host());
  }
}
