package io.tocsin.web;

import io.tocsin.access.Scope;
import io.tocsin.http.Blocking;
import io.tocsin.http.Operation;
import io.tocsin.http.ProblemException;
import io.tocsin.http.Reply;
import io.tocsin.http.Request;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * The live feed as server-sent events. A stream lasts less than a minute, as every request; the
 * browser comes back by itself and says what it saw last, so nothing is missed and whoever lost
 * their access is noticed.
 *
 * @see <a href="https://html.spec.whatwg.org/multipage/server-sent-events.html">Server-sent
 *     events</a>
 */
final class LiveStreams {

  /** Streams open at once. */
  static final int MOST = 256;

  private static final long LIFE_MILLIS = 50_000;
  private static final long BEAT_MILLIS = 10_000;
  private static final long LOOK_MILLIS = 500;

  private final LiveFeed feed;
  private final Blocking blocking;
  private final AtomicBoolean looking = new AtomicBoolean();
  private final AtomicBoolean ticking = new AtomicBoolean();

  LiveStreams(LiveFeed feed, Blocking blocking) {
    this.feed = feed;
    this.blocking = blocking;
  }

  void mount(Router router) {
    Operation.get(router, "/live").needs(Scope.READ).answers(this::open);
  }

  private Future<Reply> open(Request request) {
    if (feed.listening() >= MOST) {
      return Future.failedFuture(
          ProblemException.unavailable(MOST + " pages watch already", Duration.ofSeconds(10)));
    }
    String seen = request.header("Last-Event-ID");
    String after = seen.isEmpty() ? request.query("after").orElse("") : seen;
    Vertx vertx = request.context().vertx();
    var stream = new Stream(vertx, request.context().response());
    // Whoever closes the listener need not wait for those who watch.
    request.context().request().connection().shutdownHandler(stopping -> stream.close());
    // What changes from here on is told: the stream begins after a look, not before the first one.
    return look()
        .transform(
            looked -> {
              Future<Reply> over = stream.begin(after);
              tick(vertx);
              return over;
            });
  }

  /** Looks for changes as long as somebody watches. */
  private void tick(Vertx vertx) {
    if (!ticking.compareAndSet(false, true)) {
      return;
    }
    vertx.setPeriodic(
        0,
        LOOK_MILLIS,
        timer -> {
          if (feed.listening() == 0) {
            vertx.cancelTimer(timer);
            ticking.set(false);
            if (feed.listening() > 0) {
              // It came on another event loop in between.
              tick(vertx);
            }
          } else if (looking.compareAndSet(false, true)) {
            look().onComplete(done -> looking.set(false));
          }
        });
  }

  private Future<Boolean> look() {
    try {
      return blocking.call(
          () -> {
            feed.look();
            return true;
          });
    } catch (RejectedExecutionException stopping) {
      return Future.failedFuture(stopping);
    }
  }

  /** One browser's stream. */
  private final class Stream implements Consumer<LiveFeed.Change> {
    private final Vertx vertx;
    private final Context context;
    private final HttpServerResponse response;
    private final Promise<Reply> over = Promise.promise();
    private long beat;
    private long end;

    private Stream(Vertx vertx, HttpServerResponse response) {
      this.vertx = vertx;
      this.context = vertx.getOrCreateContext();
      this.response = response;
    }

    Future<Reply> begin(String after) {
      if (response.closed()) {
        return Future.succeededFuture(Reply.empty(200));
      }
      response
          .setChunked(true)
          .putHeader("Content-Type", "text/event-stream; charset=utf-8")
          .putHeader("Cache-Control", "no-store")
          .putHeader("X-Accel-Buffering", "no")
          .closeHandler(gone -> leave());
      response.write("retry: 1000\nid: " + feed.position() + "\nevent: hello\ndata: \n\n");
      beat = vertx.setPeriodic(BEAT_MILLIS, timer -> send(": beat\n\n"));
      end = vertx.setTimer(LIFE_MILLIS, timer -> close());
      feed.join(after, this);
      return over.future();
    }

    @Override
    public void accept(LiveFeed.Change change) {
      String text =
          "id: " + change.position() + "\nevent: changed\ndata: " + change.topic() + "\n\n";
      context.runOnContext(now -> send(text));
    }

    private void send(String text) {
      if (response.closed() || response.ended()) {
        leave();
      } else if (response.writeQueueFull()) {
        // It reads too slowly: let it come back and be told what it missed.
        close();
      } else {
        response.write(text);
      }
    }

    private void close() {
      leave();
      if (!response.ended() && !response.closed()) {
        response.end();
      }
    }

    private void leave() {
      feed.leave(this);
      vertx.cancelTimer(beat);
      vertx.cancelTimer(end);
      over.tryComplete(Reply.empty(200));
    }
  }
}
