package io.tocsin.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.access.Role;
import io.tocsin.access.Scope;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Who may do what on the operations listener; {@code src/docs/access.md} says it in words. */
public final class RoleTable {

  /** The first line that matches a method and a path counts. */
  private record Line(Pattern operation, Optional<Role> least) {}

  private static final List<Line> LINES =
      List.of(
          // Everybody, also strangers.
          open("GET /api/v1/openapi\\.yaml"),
          open("(GET|POST|DELETE) /api/v1/session"),
          open("GET /calendars/:token"),
          open("(GET|POST) /(login|logout|logged-out|setup)"),
          open("POST /theme/:theme"),
          open("GET /assets/.*"),
          // Access itself, and what changes what is watched.
          line(Role.ADMIN, "\\w+ /api/v1/(tokens|users|sessions|audit)(/.*)?"),
          line(Role.ADMIN, "\\w+ /settings/.*"),
          line(Role.ADMIN, "(POST|DELETE) (/api/v1)?/subscribers(/.*)?"),
          line(Role.ADMIN, "POST /api/v1/checks"),
          line(Role.ADMIN, "DELETE /api/v1/checks/:name"),
          line(Role.ADMIN, "POST /api/v1/rules/backfill"),
          // Programs that write have a scope of their own; of people, only admins have it.
          line(Role.ADMIN, "POST /api/v1/(samples|changes)"),
          line(
              Role.ADMIN,
              "POST /api/v1/models/:name/(baseline|feature-importance|ground-truth|predictions)"),
          line(Role.ADMIN, "POST /api/v1/experiments/:name/(exposures|outcomes)"),
          line(Role.ADMIN, "GET /api/v1/experiments/:name/assign"),
          // Words for others.
          line(Role.COMMUNICATOR, "POST /api/v1/incidents/:id/(updates|stakeholders|broadcast)"),
          line(Role.COMMUNICATOR, "POST /incidents/:id/update"),
          // Looking, also with a body.
          line(Role.VIEWER, "GET .*"),
          line(
              Role.VIEWER,
              "POST /api/v1/(drift/.*|receivers/:name/preview|rules/replay|silences/preview)"),
          line(
              Role.VIEWER,
              "POST /(rules/replay|silences/(several/)?preview|receivers/:name/preview)"),
          line(Role.VIEWER, "POST /incidents/:id/(postmortem/)?preview"),
          // Oneself.
          line(Role.VIEWER, "PUT /api/v1/session/password"),
          line(Role.VIEWER, "POST /me/.*"),
          // Acting.
          line(Role.RESPONDER, "\\w+ .*"));

  private RoleTable() {}

  private static Line line(Role least, String operation) {
    return new Line(Pattern.compile(operation), Optional.of(least));
  }

  private static Line open(String operation) {
    return new Line(Pattern.compile(operation), Optional.empty());
  }

  /** The least role for an operation; empty where nobody needs one. */
  public static Optional<Role> least(String operation) {
    return LINES.stream()
        .filter(line -> line.operation.matcher(operation).matches())
        .findFirst()
        .orElseThrow()
        .least;
  }

  /** Every operation of a router, after checking that it states the scope the table says. */
  public static List<String> checked(Router router) {
    var operations = new ArrayList<String>();
    var wrong = new TreeSet<String>();
    for (Route route : router.getRoutes()) {
      if (route.getPath() == null || route.methods() == null) {
        continue;
      }
      for (var method : route.methods()) {
        if (method.name().equals("HEAD")) {
          continue;
        }
        String operation = method.name() + " " + route.getPath();
        operations.add(operation);
        Scope stated = route.getMetadata(Operation.SCOPE);
        if (!fits(least(operation), stated)) {
          wrong.add(operation + " states " + stated + ", the table " + least(operation));
        }
      }
    }
    assertThat(wrong).isEmpty();
    return operations;
  }

  private static boolean fits(Optional<Role> least, Scope stated) {
    if (least.isEmpty() || stated == null) {
      return least.isEmpty() && stated == null;
    }
    for (Role role : Role.values()) {
      boolean may = Scope.allows(role.scopes(), stated);
      if (may != role.compareTo(least.get()) >= 0) {
        return false;
      }
    }
    return true;
  }
}
