package io.tocsin.channel;

import io.tocsin.notify.SendResult;
import io.vertx.core.http.HttpMethod;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** Posts to one address and says what became of it, see {@link Answer#result}. */
final class HttpPost {

  private final HttpExchange exchange;
  private final URI url;

  HttpPost(Outside outside, URI url, Duration timeout) {
    this.url = url;
    this.exchange = new HttpExchange(outside.vertx(), timeout, outside.clock());
  }

  CompletionStage<SendResult> send(Map<String, String> headers, byte[] body) {
    return exchange.ask(HttpMethod.POST, url, headers, body).thenApply(Answer::result);
  }
}
