package io.tocsin.probe;

import io.netty.handler.codec.dns.DnsResponseCode;
import io.netty.resolver.dns.DnsErrorCauseException;
import io.tocsin.check.Cause;
import java.net.BindException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.util.Locale;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Whose trouble an exception is.
 *
 * <ul>
 *   <li>ourselves: no file handles or local ports left, our resolver silent or refusing, our
 *       executors full;
 *   <li>network: we have no route at all ({@code ENETUNREACH});
 *   <li>target: everything else that happens after a packet could leave. {@code EHOSTUNREACH} and a
 *       connection that is never answered are among it, because a machine without power looks just
 *       so; a check that must tell this from a break on our side names a {@code guard}.
 * </ul>
 */
final class Blame {

  private static final String UNREACHABLE = "network is unreachable";

  private Blame() {}

  static Cause of(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = next(cause)) {
      switch (cause) {
        case UnknownHostException unknown -> {
          return lookup(unknown);
        }
        case NoRouteToHostException e -> {
          // native transport says ENETUNREACH with this very exception
          return said(e).contains(UNREACHABLE)
              ? Cause.network(UNREACHABLE)
              : Cause.target("no route to host");
        }
        case BindException e -> {
          return Cause.ourselves("no local port left");
        }
        case RejectedExecutionException e -> {
          return Cause.ourselves("too busy to run the probe");
        }
        case ConnectException e -> {
          return unconnected(said(e));
        }
        case CertificateException e -> {
          return Cause.target("certificate: " + text(e));
        }
        case TimeoutException e -> {
          return Cause.target("no answer in time");
        }
        default -> {
          if (said(cause).contains("too many open files")) {
            return Cause.ourselves("no file handles left");
          }
          if (said(cause).contains(UNREACHABLE)) {
            return Cause.network(UNREACHABLE);
          }
        }
      }
    }
    return Cause.target(failure instanceof SSLException ? "TLS: " + text(failure) : text(failure));
  }

  private static Cause unconnected(String said) {
    if (said.contains(UNREACHABLE)) {
      return Cause.network(UNREACHABLE);
    }
    if (said.contains("cannot assign requested address")) {
      return Cause.ourselves("no local port left");
    }
    if (said.contains("no route to host")) {
      return Cause.target("no route to host");
    }
    return Cause.target(said.contains("refused") ? "connection refused" : "no connection");
  }

  private static Cause lookup(UnknownHostException unknown) {
    for (Throwable cause = unknown.getCause(); cause != null; cause = next(cause)) {
      if (cause instanceof DnsErrorCauseException dns) {
        return dns.getCode().equals(DnsResponseCode.REFUSED)
            ? Cause.ourselves("our resolver refuses to answer")
            : Cause.target("no such name (" + dns.getCode() + ")");
      }
    }
    return said(unknown).contains("timed out") || unknown.getCause() != null
        ? Cause.ourselves("our resolver does not answer")
        : Cause.target("no such name");
  }

  private static @Nullable Throwable next(Throwable cause) {
    return cause.getCause() == cause ? null : cause.getCause();
  }

  private static String said(Throwable failure) {
    return String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
  }

  private static String text(Throwable failure) {
    String message = failure.getMessage();
    if (message == null) {
      return failure.getClass().getSimpleName();
    }
    return message.length() <= 200 ? message : message.substring(0, 200);
  }
}
