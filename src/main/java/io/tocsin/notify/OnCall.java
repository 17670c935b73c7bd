package io.tocsin.notify;

import io.tocsin.oncall.Contact;
import io.tocsin.oncall.Roster;
import io.tocsin.oncall.Target;
import java.time.Instant;
import java.util.List;

/** Who is called when a step names its targets, at an instant. */
@FunctionalInterface
public interface OnCall {

  /** No people and no schedules: only receivers can be called. */
  OnCall NOBODY = Roster.EMPTY::contacts;

  /** The pages by which the targets are told; none where nobody is on call. */
  List<Contact> contacts(List<Target> targets, Instant at);
}
