package io.tocsin.web;

import java.util.regex.Pattern;

/** Where a reader of the status page goes back to: a page of ours, never another site. */
final class PagePath {

  private static final int LONGEST = 500;
  private static final Pattern OWN =
      Pattern.compile(
          "/|(/[a-z0-9][a-z0-9.-]*)+([?]month=[0-9-]{1,10})?", Pattern.CASE_INSENSITIVE);
  private static final Pattern DOOR = Pattern.compile("/door(/.*)?", Pattern.CASE_INSENSITIVE);

  private PagePath() {}

  /** The path, or {@code "/"} when it is none of ours, or the door itself. */
  static String of(String wanted) {
    return own(wanted) ? wanted : "/";
  }

  private static boolean own(String path) {
    return path.length() <= LONGEST && OWN.matcher(path).matches() && !DOOR.matcher(path).matches();
  }
}
