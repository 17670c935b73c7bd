package io.tocsin.channel;

/** A tracker that keeps one issue per incident. Calls wait; on a virtual thread. */
interface IssueTracker {

  /** Opens an issue; the answer's body names it, see {@link #name}. */
  Answer open(String title, String text);

  /** The tracker's name of an issue it has just opened; empty when the answer has none. */
  String name(Answer opened);

  Answer comment(String issue, String text);

  Answer close(String issue);

  Answer reopen(String issue);
}
