package io.tocsin.postgres;

import org.jdbi.v3.core.Jdbi;

/**
 * One running Tocsin among those that share a database.
 *
 * @param id number in the journal and in leases
 * @param name as configured; the machine's own name by default
 */
public record Node(int id, String name) {

  /** The node of a name, entered at its first start. */
  public static Node register(Database database, String name) {
    Jdbi jdbi = database.jdbi();
    int id =
        jdbi.withHandle(
            handle ->
                handle
                    .createQuery(
                        """
                        INSERT INTO node (name) VALUES (:name)
                        ON CONFLICT (name) DO UPDATE SET started_at = now(), seen_at = now()
                        RETURNING id
                        """)
                    .bind("name", name)
                    .mapTo(Integer.class)
                    .one());
    return new Node(id, name);
  }
}
