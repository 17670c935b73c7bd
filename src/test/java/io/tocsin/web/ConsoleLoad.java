package io.tocsin.web;

import static io.tocsin.statuspage.Fabricated.NOW;

import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import io.tocsin.access.AccessPolicy;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** How long pages and actions take over a large made-up state; prints what it measured. */
public final class ConsoleLoad {

  private static final int INCIDENTS = 500;
  private static final int ALERTS = 10_000;
  private static final int CHECKS = 5_000;
  private static final int ROUNDS = 30;
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private ConsoleLoad() {}

  /** Measures and prints. */
  public static void measure() throws Exception {
    try (var servers = new PageServers()) {
      FabricatedDesk desk = FabricatedDesk.crowded(NOW, INCIDENTS, ALERTS, CHECKS);
      String address = servers.openConsole(0, desk, InstantSource.fixed(NOW), AccessPolicy.OPEN);
      System.out.printf(
          "%d open incidents, %d alerts, %d checks; milliseconds, p50 / p95 of %d%n",
          INCIDENTS, ALERTS, CHECKS, ROUNDS);
      for (String path :
          List.of(
              "/",
              "/now",
              "/incidents",
              "/incidents/i1000abcdef",
              "/alerts",
              "/alerts?q=number-77",
              "/rules",
              "/checks",
              "/checks?q=77&state=down",
              "/search?q=77")) {
        times("GET " + path, round -> get(address + path));
      }
      times(
          "POST acknowledge",
          round -> post(address + "/incidents/i" + (1100 + round) + "abcdef/acknowledge"));
      paint(address);
    }
  }

  /** One request. */
  private interface Ask {
    int at(int round) throws Exception;
  }

  private static void times(String name, Ask ask) throws Exception {
    for (int i = 0; i < ROUNDS; i++) {
      ask.at(i + ROUNDS);
    }
    var millis = new double[ROUNDS];
    int status = 0;
    for (int i = 0; i < ROUNDS; i++) {
      long began = System.nanoTime();
      status = ask.at(i);
      millis[i] = (System.nanoTime() - began) / 1e6;
    }
    Arrays.sort(millis);
    System.out.printf(
        "%-32s %d  %7.1f %7.1f%n", name, status, millis[ROUNDS / 2], millis[(int) (ROUNDS * 0.95)]);
  }

  private static int get(String address) throws Exception {
    return CLIENT
        .send(
            HttpRequest.newBuilder(URI.create(address)).build(),
            HttpResponse.BodyHandlers.ofString())
        .statusCode();
  }

  private static int post(String address) throws Exception {
    return CLIENT
        .send(
            HttpRequest.newBuilder(URI.create(address))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("HX-Request", "true")
                .POST(HttpRequest.BodyPublishers.noBody())
                .build(),
            HttpResponse.BodyHandlers.ofString())
        .statusCode();
  }

  private static void paint(String address) {
    try (Playwright playwright =
        Playwright.create(
            new Playwright.CreateOptions()
                .setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")))) {
      var browser =
          playwright
              .chromium()
              .launch(
                  new BrowserType.LaunchOptions()
                      .setExecutablePath(Path.of("/usr/bin/chromium"))
                      .setArgs(List.of("--no-sandbox", "--disable-gpu")));
      for (String path : List.of("/", "/alerts", "/checks")) {
        var millis = new double[10];
        for (int i = 0; i < millis.length; i++) {
          Page page = browser.newPage();
          page.navigate(address + path);
          page.waitForTimeout(200);
          Object found =
              page.evaluate(
                  "performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? -1");
          millis[i] = ((Number) found).doubleValue();
          page.close();
        }
        Arrays.sort(millis);
        System.out.printf("first paint %-20s %7.1f %7.1f of 10%n", path, millis[5], millis[9]);
      }
    }
  }
}
