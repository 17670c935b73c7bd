package io.tocsin.web;

import io.tocsin.http.SecurityHeaders;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
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
 * headers that go with each, encoded already.
 */
final class RenderedPage {

  /**
   * Ask each time, but a shared cache may answer for some seconds, and for a day if we are away.
   */
  static final String FRESH = "public, max-age=0, s-maxage=5, stale-if-error=86400";

  /** For the reader alone, and asked for each time. */
  static final String PRIVATE = "private, no-cache";

  /** The path names the content: it never changes. */
  static final String FOREVER = "public, max-age=31536000, immutable";

  static final String HTML = "text/html; charset=utf-8";

  private static final CharSequence VARY = HttpHeaders.createOptimized("Vary");
  private static final CharSequence GZIP = HttpHeaders.createOptimized("gzip");
  private static final CharSequence ANYWHERE = HttpHeaders.createOptimized("*");
  private static final CharSequence ALLOW_ORIGIN =
      HttpHeaders.createOptimized("Access-Control-Allow-Origin");
  private static final CharSequence RESOURCE_POLICY =
      HttpHeaders.createOptimized("Cross-Origin-Resource-Policy");
  private static final CharSequence CROSS_ORIGIN = HttpHeaders.createOptimized("cross-origin");
  private static final CharSequence BY_READER =
      HttpHeaders.createOptimized("Accept-Encoding, Accept-Language, Cookie");
  private static final CharSequence BY_ENCODING = HttpHeaders.createOptimized("Accept-Encoding");

  /** One form of the answer. */
  private record Form(Buffer body, String etag, CharSequence tag, CharSequence length) {
    static Form of(byte[] bytes, String etag) {
      return new Form(
          Buffer.buffer(bytes),
          etag,
          HttpHeaders.createOptimized(etag),
          HttpHeaders.createOptimized(Integer.toString(bytes.length)));
    }
  }

  private final String hash;
  private final CharSequence mediaType;
  private final CharSequence cacheControl;
  private final CharSequence vary;

  /** Whether pages of others may show or read it: badges, the widget, documents for programs. */
  private final boolean anywhere;

  private final Form plain;
  private final Form gzip;

  private RenderedPage(String mediaType, byte[] bytes, String cacheControl) {
    this.hash = hash(bytes);
    this.mediaType = HttpHeaders.createOptimized(mediaType);
    this.cacheControl = HttpHeaders.createOptimized(cacheControl);
    this.vary = mediaType.equals(HTML) ? BY_READER : BY_ENCODING;
    this.anywhere = !mediaType.equals(HTML) && !cacheControl.equals(FOREVER);
    this.plain = Form.of(bytes, '"' + hash + '"');
    this.gzip = Form.of(compress(bytes), '"' + hash + "-gz\"");
  }

  static RenderedPage html(String text, String cacheControl) {
    return of(HTML, text, cacheControl);
  }

  static RenderedPage of(String mediaType, String text, String cacheControl) {
    return of(mediaType, text.getBytes(StandardCharsets.UTF_8), cacheControl);
  }

  static RenderedPage of(String mediaType, byte[] plain, String cacheControl) {
    return new RenderedPage(mediaType, plain, cacheControl);
  }

  /** The bytes as they are. */
  Buffer plain() {
    return plain.body();
  }

  /** 16 hex digits of the content's SHA-256. */
  String hash() {
    return hash;
  }

  /**
   * Answers 200 with the form the client takes, or 304 when it has it already; what a 304 does not
   * say stays as it was kept (RFC 9110, 15.4.5).
   */
  void send(HttpServerRequest request, int status) {
    HttpServerResponse response = request.response();
    MultiMap headers = response.headers();
    MultiMap asked = request.headers();
    boolean compressed = accepts(asked.get(HttpHeaders.ACCEPT_ENCODING));
    Form form = compressed ? gzip : plain;
    headers.set(HttpHeaders.ETAG, form.tag());
    headers.set(HttpHeaders.CACHE_CONTROL, cacheControl);
    headers.set(VARY, vary);
    if (anywhere) {
      headers.set(ALLOW_ORIGIN, ANYWHERE);
      headers.set(RESOURCE_POLICY, CROSS_ORIGIN);
    }
    String known = asked.get(HttpHeaders.IF_NONE_MATCH);
    if (status == 200 && known != null && (known.contains(form.etag()) || known.equals("*"))) {
      response.setStatusCode(304).end();
      return;
    }
    SecurityHeaders.set(headers);
    if (anywhere) {
      headers.set(RESOURCE_POLICY, CROSS_ORIGIN);
    }
    response.setStatusCode(status);
    headers.set(HttpHeaders.CONTENT_TYPE, mediaType);
    headers.set(HttpHeaders.CONTENT_LENGTH, form.length());
    if (compressed) {
      headers.set(HttpHeaders.CONTENT_ENCODING, GZIP);
    }
    if (request.method().equals(HttpMethod.HEAD)) {
      response.end();
    } else {
      response.end(form.body());
    }
  }

  void send(RoutingContext context, int status) {
    send(context.request(), status);
  }

  void send(RoutingContext context) {
    send(context.request(), 200);
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
