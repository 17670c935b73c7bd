package io.tocsin.web;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * An answer made once and served many times from memory: the bytes, the same compressed, and the
 * name of their content.
 *
 * @param mediaType with charset
 * @param plain the bytes as they are
 * @param gzip the same compressed
 * @param hash 16 hex digits of the content's SHA-256; the ETag
 * @param cacheControl how long others may keep it
 */
record RenderedPage(String mediaType, Buffer plain, Buffer gzip, String hash, String cacheControl) {

  /**
   * Ask each time, but a shared cache may answer for some seconds, and for a day if we are away.
   */
  static final String FRESH = "public, max-age=0, s-maxage=5, stale-if-error=86400";

  /** The path names the content: it never changes. */
  static final String FOREVER = "public, max-age=31536000, immutable";

  static final String HTML = "text/html; charset=utf-8";

  static RenderedPage of(String mediaType, String text, String cacheControl) {
    return of(mediaType, text.getBytes(StandardCharsets.UTF_8), cacheControl);
  }

  static RenderedPage of(String mediaType, byte[] plain, String cacheControl) {
    return new RenderedPage(
        mediaType, Buffer.buffer(plain), Buffer.buffer(compress(plain)), hash(plain), cacheControl);
  }

  /** Answers 200 with the form the client takes, or 304 when it has it already. */
  void send(RoutingContext context, int status) {
    HttpServerRequest request = context.request();
    HttpServerResponse response = context.response();
    boolean compressed = accepts(request.getHeader("Accept-Encoding"));
    String etag = '"' + hash + (compressed ? "-gz" : "") + '"';
    response
        .putHeader("ETag", etag)
        .putHeader("Cache-Control", cacheControl)
        .putHeader("Vary", "Accept-Encoding, Cookie");
    String known = request.getHeader("If-None-Match");
    if (status == 200 && known != null && (known.contains(etag) || known.equals("*"))) {
      response.setStatusCode(304).end();
      return;
    }
    response.setStatusCode(status).putHeader("Content-Type", mediaType);
    if (compressed) {
      response.putHeader("Content-Encoding", "gzip");
    }
    Buffer body = compressed ? gzip : plain;
    if (request.method().name().equals("HEAD")) {
      response.putHeader("Content-Length", Integer.toString(body.length())).end();
    } else {
      response.end(body);
    }
  }

  void send(RoutingContext context) {
    send(context, 200);
  }

  private static boolean accepts(@Nullable String encodings) {
    return encodings != null && encodings.contains("gzip") && !encodings.contains("gzip;q=0");
  }

  private static byte[] compress(byte[] plain) {
    var out = new ByteArrayOutputStream(plain.length / 4 + 64);
    try (var gzip = new GZIPOutputStream(out)) {
      gzip.write(plain);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private static String hash(byte[] bytes) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
      return HexFormat.of().formatHex(digest, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
