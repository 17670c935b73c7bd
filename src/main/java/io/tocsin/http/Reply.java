package io.tocsin.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.HashMap;
import java.util.Map;

/**
 * What an operation answers.
 *
 * @param status HTTP status code
 * @param body bytes, possibly none
 * @param headers among them the content type, when there is a body
 */
public record Reply(int status, Buffer body, Map<String, String> headers) {

  private static final String CONTENT_TYPE = "Content-Type";

  /** A value as JSON, status 200. */
  public static Reply json(Object value) {
    return json(200, value);
  }

  public static Reply json(int status, Object value) {
    return of(status, "application/json", Json.write(value));
  }

  public static Reply text(int status, String text) {
    return of(status, "text/plain; charset=utf-8", Buffer.buffer(text));
  }

  public static Reply of(int status, String mediaType, Buffer body) {
    return new Reply(status, body, Map.of(CONTENT_TYPE, mediaType));
  }

  /** A status alone. */
  public static Reply empty(int status) {
    return new Reply(status, Buffer.buffer(), Map.of());
  }

  /** 201 with the new resource and its address. */
  public static Reply created(String location, Object value) {
    return json(201, value).with("Location", location);
  }

  /** The same with another media type. */
  public Reply as(String mediaType) {
    return with(CONTENT_TYPE, mediaType);
  }

  /** The same with one more header. */
  public Reply with(String header, String value) {
    var all = new HashMap<>(headers);
    all.put(header, value);
    return new Reply(status, body, Map.copyOf(all));
  }

  /** Sends it, unless the request was already answered (as by its timeout) or its client left. */
  void send(RoutingContext context) {
    HttpServerResponse response = context.response();
    if (response.ended() || response.closed() || response.headWritten()) {
      return;
    }
    response.setStatusCode(status);
    headers.forEach(response::putHeader);
    response.end(body);
  }
}
