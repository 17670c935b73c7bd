package io.tocsin.notify;

import java.time.Instant;
import java.util.List;

/** Who carries the pager of a receiver at an instant. */
@FunctionalInterface
public interface OnCall {

  /** No schedules: receivers are told as such. */
  OnCall NOBODY = (receiver, at) -> List.of();

  /** Names of those on call for a receiver; empty when it has no schedule. */
  List<String> carrying(String receiver, Instant at);
}
