package io.tocsin.http;

import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/**
 * Compresses large answers of data for readers that take gzip (RFC 9110, 12.5.3). Never pages: they
 * hold tokens, which whoever sees lengths could guess (BREACH). Takes time: off the event loop.
 */
final class Gzipped {

  /** Smaller bodies fit into a packet as they are, in bytes. */
  static final int WORTH = 1_400;

  private static final List<String> DATA =
      List.of("application/json", "text/plain", "application/openmetrics-text", "text/csv");

  private Gzipped() {}

  /** What is done to the answer to a request; asked on its event loop. */
  static UnaryOperator<Reply> forReader(Request request) {
    boolean takes =
        request.context().parsedHeaders().acceptEncoding().stream()
            .anyMatch(coding -> coding.value().equalsIgnoreCase("gzip") && coding.weight() > 0);
    return reply -> {
      if (!large(reply)) {
        return reply;
      }
      Reply varied = reply.with("Vary", vary(reply));
      return takes ? compressed(varied) : varied;
    };
  }

  private static boolean large(Reply reply) {
    String type = reply.headers().getOrDefault("Content-Type", "");
    return reply.body().length() >= WORTH
        && !reply.headers().containsKey("Content-Encoding")
        && DATA.stream().anyMatch(type::startsWith);
  }

  private static String vary(Reply reply) {
    String already = reply.headers().getOrDefault("Vary", "");
    return already.isEmpty() ? "Accept-Encoding" : already + ", Accept-Encoding";
  }

  private static Reply compressed(Reply reply) {
    var bytes = new ByteArrayOutputStream(reply.body().length() / 4 + 64);
    try (var gzip = new Fast(bytes)) {
      gzip.write(reply.body().getBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory takes everything
    }
    return new Reply(reply.status(), Buffer.buffer(bytes.toByteArray()), reply.headers())
        .with("Content-Encoding", "gzip");
  }

  /** Numbers and names shrink to a tenth at the lowest level already. */
  private static final class Fast extends GZIPOutputStream {
    Fast(OutputStream out) throws IOException {
      super(out);
      def.setLevel(Deflater.BEST_SPEED);
    }
  }
}
