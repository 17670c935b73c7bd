package io.tocsin.incident;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Words to begin an update with, one for each phase, and the owner's rules for what it may say: no
 * time of repair until engineering confirms one, one consistent message, no blame on third parties,
 * honest about what happened, concrete prevention at the end.
 */
public final class UpdateDrafts {

  private static final Pattern PROMISE =
      Pattern.compile(
          "(?i)\\bETA\\b|\\b(in|within) (about |around )?(\\d+|an?|one|two|few) (min|hour)"
              + "|\\bby \\d{1,2}:\\d{2}|\\b(soon|shortly|any minute)\\b");

  /** When the next words come may be promised, and is. */
  private static final Pattern NEXT_UPDATE =
      Pattern.compile("(?i)\\bupdates?( \\w+){0,4}? (by|at|in|within)\\b[^.;\\n]*");

  private static final String OTHERS = "(provider|vendor|supplier|partner|carrier|contractor)";
  private static final Pattern BLAME =
      Pattern.compile(
          ("(?i)\\b(fault|failure|mistake|negligence|error) (of|at|by) (our|the|a) (\\w+"
                  + " )?OTHERS|\\bthird[- ]part(y|ies)\\b|\\bOTHERS('s)? (\\w+"
                  + " )?(fault|mistake|failure|error)|\\b(caused by|because of|due to) (our|the|a)"
                  + " (\\w+ )?OTHERS|\\bto blame\\b|\\bblames?\\b")
              .replace("OTHERS", OTHERS));
  private static final Pattern GAP = Pattern.compile("\\.\\.\\.");
  private static final Pattern EMPTY_WORDS =
      Pattern.compile("(?i)\\bapologi[sz]e for (any|the) inconvenience");
  private static final Pattern PREVENTION =
      Pattern.compile("(?i)\\b(prevent|changed|added|fixed|will not|won't|so that)\\b");

  private UpdateDrafts() {}

  /**
   * A draft.
   *
   * @param phase of the incident after it
   * @param text to complete
   * @param rules what to mind
   */
  public record Draft(Phase phase, String text, List<String> rules) {
    public Draft {
      rules = List.copyOf(rules);
    }
  }

  /** One for each phase. */
  public static List<Draft> of(Incident incident) {
    String what =
        incident.components().isEmpty()
            ? "our service"
            : String.join(" and ", incident.components());
    return List.of(
        new Draft(
            Phase.INVESTIGATING,
            "We are investigating a problem with "
                + what
                + " since "
                + since(incident)
                + " UTC. What you may notice: ... . Next update by ... .",
            List.of(
                "Say what it means for the reader and since when.",
                "No time of repair: engineering has confirmed none yet.",
                "Say when the next update comes.")),
        new Draft(
            Phase.IDENTIFIED,
            "We have found the cause of the problem with "
                + what
                + " and are working on the fix: ... . Next update by ... .",
            List.of(
                "Be honest about what happened; blame no third party.",
                "A time of repair only if engineering has confirmed it.")),
        new Draft(
            Phase.MONITORING,
            "A fix for " + what + " is in place. We are watching that it holds.",
            List.of("Say what still may not work as usual.")),
        new Draft(
            Phase.RESOLVED,
            "The problem with "
                + what
                + " is resolved. It lasted from "
                + since(incident)
                + " to ... UTC. The cause was ... . To prevent it we have ... .",
            List.of(
                "Name the cause and concrete steps of prevention.",
                "A summary of the post-mortem follows to affected customers.")));
  }

  /** Rules that a text breaks; none when it is fine. */
  public static List<String> warnings(Phase phase, String text) {
    var warnings = new ArrayList<String>();
    if (phase != Phase.RESOLVED
        && PROMISE.matcher(NEXT_UPDATE.matcher(text).replaceAll("")).find()) {
      warnings.add(
          phase == Phase.INVESTIGATING
              ? "It names a time of repair, and engineering has not confirmed a cause yet."
              : "It names a time of repair: say one only if engineering has confirmed it.");
    }
    if (BLAME.matcher(text).find()) {
      warnings.add("It blames somebody else.");
    }
    if (EMPTY_WORDS.matcher(text).find()) {
      warnings.add("It apologises for an inconvenience instead of saying what it meant.");
    }
    if (GAP.matcher(text).find()) {
      warnings.add("It has a gap of the draft (...) that nobody filled.");
    }
    if (phase == Phase.RESOLVED && !PREVENTION.matcher(text).find()) {
      warnings.add("It names no step of prevention.");
    }
    return warnings;
  }

  private static String since(Incident incident) {
    return incident.openedAt().toString().substring(11, 16);
  }
}
