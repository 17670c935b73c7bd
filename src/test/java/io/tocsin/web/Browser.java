package io.tocsin.web;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives a test a {@link Browser.Tabs} of Debian's Chromium. One browser serves all tests of the
 * JVM; each test has contexts of its own, closed after it.
 */
public final class Browser implements ParameterResolver, AfterEachCallback {

  private static final ExtensionContext.Namespace SPACE =
      ExtensionContext.Namespace.create(Browser.class);

  /** One process, started at first use, stopped with the JVM's last test. */
  private static final class Chromium implements AutoCloseable {
    private final Playwright playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    private final com.microsoft.playwright.Browser browser =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(Path.of("/usr/bin/chromium"))
                    .setArgs(List.of("--no-sandbox", "--disable-gpu")));

    @Override
    public void close() {
      playwright.close();
    }
  }

  /** Opens pages for one test. */
  public static final class Tabs implements AutoCloseable {
    private final com.microsoft.playwright.Browser browser;
    private final List<BrowserContext> contexts = new ArrayList<>();

    private Tabs(com.microsoft.playwright.Browser browser) {
      this.browser = browser;
    }

    /** A desktop page. */
    public Page desktop() {
      return page(
          new com.microsoft.playwright.Browser.NewContextOptions().setViewportSize(1280, 900));
    }

    /** A phone's page. */
    public Page phone() {
      return page(
          new com.microsoft.playwright.Browser.NewContextOptions()
              .setViewportSize(390, 844)
              .setHasTouch(true)
              .setIsMobile(true));
    }

    /** A desktop page in which no script runs. */
    public Page withoutScripts() {
      return page(
          new com.microsoft.playwright.Browser.NewContextOptions()
              .setViewportSize(1280, 900)
              .setJavaScriptEnabled(false));
    }

    /** A page of any make. */
    public Page page(com.microsoft.playwright.Browser.NewContextOptions options) {
      BrowserContext context =
          browser.newContext(
              options
                  .setColorScheme(ColorScheme.LIGHT)
                  .setTimezoneId(options.timezoneId == null ? "UTC" : options.timezoneId));
      contexts.add(context);
      context.setDefaultTimeout(20_000);
      // A busy machine is no fault of a page.
      PlaywrightAssertions.setDefaultAssertionTimeout(20_000);
      return context.newPage();
    }

    @Override
    public void close() {
      contexts.forEach(BrowserContext::close);
    }
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Tabs.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    Chromium chromium =
        context
            .getRoot()
            .getStore(SPACE)
            .getOrComputeIfAbsent("chromium", key -> new Chromium(), Chromium.class);
    var tabs = new Tabs(chromium.browser);
    context.getStore(SPACE).put("tabs", tabs);
    return tabs;
  }

  @Override
  public void afterEach(ExtensionContext context) {
    Tabs tabs = context.getStore(SPACE).remove("tabs", Tabs.class);
    if (tabs != null) {
      tabs.close();
    }
  }
}
