package io.tocsin.grafana;

/**
 * What a reader of a board has chosen, as conditions of SQL. What carries no environment belongs to
 * every one: at night a trouble too many on the board is better than one too few.
 */
public final class Chosen {

  /** Of {@code incident}: by its severity, its components and the environments of its alerts. */
  public static final String INCIDENT =
      """
      (lower(incident.severity) ~ '^(${severity:regex})$'
        AND ('' ~ '^(${component:regex})$'
          OR EXISTS (SELECT FROM jsonb_array_elements_text(incident.document -> 'components')
            AS hit (name) WHERE hit.name ~ '^(${component:regex})$'))
        AND ('' ~ '^(${environment:regex})$'
          OR (SELECT coalesce(bool_or(hit.alert -> 'labels' ->> 'environment'
                ~ '^(${environment:regex})$'), true)
            FROM jsonb_array_elements(incident.document -> 'alerts') AS hit (alert))))
      """;

  /** Of {@code alert}. */
  public static final String ALERT = labelled("labels");

  /** Of {@code alert_episode}. */
  public static final String EPISODE = labelled("document -> 'labels'");

  /** Of what belongs to an incident by {@code incident_id}: messages and events. */
  public static final String OF_INCIDENT =
      """
      (('' ~ '^(${severity:regex})$' AND '' ~ '^(${component:regex})$'
          AND '' ~ '^(${environment:regex})$')
        OR incident_id IN (SELECT incident.id FROM incident WHERE
      """
          + INCIDENT
          + "))\n";

  private Chosen() {}

  private static String labelled(String labels) {
    return """
    (lower(severity) ~ '^(${severity:regex})$'
      AND coalesce(%1$s ->> 'component', '') ~ '^(${component:regex})$'
      AND coalesce(%1$s ->> 'environment' ~ '^(${environment:regex})$', true))
    """
        .formatted(labels);
  }
}
