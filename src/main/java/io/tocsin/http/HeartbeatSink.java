package io.tocsin.http;

/** Takes the pings of dead-man's switches. */
@FunctionalInterface
public interface HeartbeatSink {

  /** Notes a ping; false when no heartbeat check has this token. Never blocks. */
  boolean ping(String token);
}
