package io.tocsin.engine;

import io.tocsin.incident.IncidentCommands.Answer;
import java.util.concurrent.CompletableFuture;

/** An order with whoever waits for the answer. */
record Ask(Order order, CompletableFuture<Answer> answer) {}
