package io.tocsin.demo;

import java.util.Locale;

/** What the simulated company runs, each breakable by itself. */
public enum SimulatedPart {
  DATABASE("Database", "answers PING on a TCP port; broken: hangs up"),
  AI_MODEL("AI models", "Dropwizard health checks; broken: slow and unhealthy"),
  PAYMENT_API("Payments", "JSON health; broken: 503, and every payment fails"),
  CHAT_BOT("Chat bot", "Spring Boot health; broken: reports DOWN"),
  WEB_APP("Web app", "a page over HTTP; broken: answers 500"),
  PRICE_FEED("AI models", "what the model is fed; broken: its values drift");

  private final String component;
  private final String about;

  SimulatedPart(String component, String about) {
    this.component = component;
    this.about = about;
  }

  /** As in addresses and checks: {@code payment-api}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The component of the status page that it is part of. */
  public String component() {
    return component;
  }

  /** One line for people. */
  public String about() {
    return about;
  }
}
