package io.tocsin.probe;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.NetUtil;
import io.netty.util.ReferenceCountUtil;
import io.tocsin.probe.HttpExchange.Answer;
import io.tocsin.probe.HttpExchange.Request;
import io.tocsin.probe.HttpPhases.Phase;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One request in clear text over one connection, on the caller's event loop. It is what thousands
 * of checks do every second, so it goes without the pools, streams and contexts of a client that
 * keeps its connections: that halves the processor time of a check. TLS, where the handshake
 * outweighs all that, is left to such a client.
 */
final class PlainHttp {

  /** The same limits as the other client: bytes of the status line, and of all headers. */
  private static final int LINE_LIMIT = 4096;

  private static final int HEADERS_LIMIT = 8192;
  private static final int CHUNK = 8192;

  private PlainHttp() {}

  /** Sends a request to a server and reads the answer, up to the request's limit. */
  static Future<Answer> send(ProbeRun run, Request request, SocketAddress server) {
    var vertx = (VertxInternal) run.outside().vertx();
    InetAddress address = address(server);
    return address == null
        ? lookUp(run, server).compose(found -> connect(vertx, run, request, found, server.port()))
        : connect(vertx, run, request, address, server.port());
  }

  /** Looks a server's name up, and notes how long that took. */
  static Future<InetAddress> lookUp(ProbeRun run, SocketAddress server) {
    run.phaseBegins();
    return ((VertxInternal) run.outside().vertx())
        .nameResolver()
        .resolve(server.host())
        .onSuccess(found -> run.phaseEnds(Phase.RESOLVE));
  }

  /** The address that a server is given by; null when it is given by a name. */
  static @Nullable InetAddress address(SocketAddress server) {
    String numbers = server.hostAddress();
    return NetUtil.createInetAddressFromIpAddressString(numbers == null ? server.host() : numbers);
  }

  private static Future<Answer> connect(
      VertxInternal vertx, ProbeRun run, Request request, InetAddress address, int port) {
    ContextInternal context = vertx.getOrCreateContext();
    Promise<Answer> answer = context.promise();
    var exchange = new Exchange(run, request, answer);
    run.phaseBegins();
    ChannelFuture connecting =
        new Bootstrap()
            .group(context.nettyEventLoop())
            .channelFactory(vertx.transport().channelFactory(false))
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, 0) // the run has a deadline of its own
            .handler(exchange)
            .connect(new InetSocketAddress(address, port));
    run.closeAtEnd(() -> close(connecting.channel()));
    connecting.addListener(
        done -> {
          if (!done.isSuccess()) {
            answer.tryFail(done.cause());
          }
        });
    return answer.future();
  }

  /** Without file handles there is no channel but a stand-in, which cannot be closed. */
  private static void close(Channel channel) {
    if (channel.isOpen()) {
      channel.close();
    }
  }

  /** The connection's only handler besides the codec. */
  private static final class Exchange extends ChannelInboundHandlerAdapter {
    private final ProbeRun run;
    private final Request request;
    private final Promise<Answer> answer;
    private @Nullable HttpResponse head;
    private Buffer body = Buffer.buffer(0);

    Exchange(ProbeRun run, Request request, Promise<Answer> answer) {
      this.run = run;
      this.request = request;
      this.answer = answer;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
      context
          .pipeline()
          .addBefore(context.name(), null, new HttpClientCodec(LINE_LIMIT, HEADERS_LIMIT, CHUNK));
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
      run.phaseEnds(Phase.CONNECT);
      run.step("waiting for the answer of " + HttpExchange.authority(request.url()));
      context.writeAndFlush(written());
    }

    private DefaultFullHttpRequest written() {
      ByteBuf sent =
          request
              .body()
              .map(bytes -> Unpooled.wrappedBuffer(bytes.getBytes()))
              .orElse(Unpooled.EMPTY_BUFFER);
      var written =
          new DefaultFullHttpRequest(
              HttpVersion.HTTP_1_1,
              HttpMethod.valueOf(request.method().name()),
              HttpExchange.target(request.url()),
              sent);
      HttpHeaders headers = written.headers();
      headers.set("host", HttpExchange.hostHeader(request.url()));
      headers.set("connection", "close");
      headers.set("user-agent", "Tocsin");
      request.headers().forEach(headers::set);
      if (request.body().isPresent()) {
        headers.set("content-length", sent.readableBytes());
      }
      return written;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      try {
        if (message instanceof HttpObject part) {
          read(context, part);
        }
      } finally {
        ReferenceCountUtil.release(message);
      }
    }

    private void read(ChannelHandlerContext context, HttpObject part) {
      if (part.decoderResult().isFailure()) {
        var wrong = new ProtocolException("not HTTP: " + part.decoderResult().cause().getMessage());
        answer.tryFail(wrong);
        context.close();
        return;
      }
      if (part instanceof HttpResponse response) {
        head = response.status().codeClass() == HttpStatusClass.INFORMATIONAL ? null : response;
        if (head != null) {
          run.phaseEnds(Phase.PROCESSING);
        }
      }
      HttpResponse begun = head;
      if (begun != null && part instanceof HttpContent content) {
        boolean cut = append(content.content());
        if (cut || part instanceof LastHttpContent) {
          run.phaseEnds(Phase.TRANSFER);
          answer.tryComplete(answer(begun, cut));
        }
      }
    }

    /** Takes as much as there is room for; true when that was not all. */
    private boolean append(ByteBuf chunk) {
      int room = request.bodyLimit() - body.length();
      var bytes = new byte[Math.min(chunk.readableBytes(), room)];
      chunk.readBytes(bytes);
      if (bytes.length > 0) {
        body.appendBytes(bytes);
      }
      return chunk.isReadable();
    }

    private Answer answer(HttpResponse begun, boolean cut) {
      MultiMap headers = MultiMap.caseInsensitiveMultiMap();
      begun.headers().forEach(header -> headers.add(header.getKey(), header.getValue()));
      return new Answer(begun.status().code(), headers, body, cut, Optional.empty());
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      answer.tryFail(new ProtocolException("the connection was closed before the answer ended"));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable failure) {
      answer.tryFail(failure);
      context.close();
    }
  }
}
