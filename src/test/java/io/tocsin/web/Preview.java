package io.tocsin.web;

import io.tocsin.statuspage.PageInput;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import java.time.Instant;
import java.time.InstantSource;

/** Serves every page with made-up data on loopback, to be looked at. */
final class Preview {

  private Preview() {}

  public static void main(String[] arguments) {
    Vertx vertx = Vertx.vertx();
    var assets = new Assets();
    serve(vertx, 9211, Fabricated.input(Fabricated.NOW), Fabricated.NOW, assets);
    serve(vertx, 9212, Fabricated.calm(Fabricated.NOW), Fabricated.NOW, assets);
    Instant later = Fabricated.NOW.plusSeconds(3000);
    serve(vertx, 9213, Fabricated.input(Fabricated.NOW), later, assets);
  }

  private static void serve(Vertx vertx, int port, PageInput input, Instant now, Assets assets) {
    var site = new StatusSite(Fabricated.spec(), () -> input, InstantSource.fixed(now), assets);
    site.refresh();
    Router router = Router.router(vertx);
    new PublicRoutes(site, assets).mount(router);
    vertx.createHttpServer().requestHandler(router).listen(port, "127.0.0.1");
  }
}
