package io.tocsin.engine;

import io.tocsin.incident.IncidentCommands.Answer;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** An order with whoever waits for the answer. */
record Ask(Order order, CompletableFuture<Answer> answer) {

  /** Answers each in its turn, once what was decided is durable. */
  static void answer(List<Ask> asks, List<Answer> answers, CompletableFuture<Void> durable) {
    for (int i = 0; i < asks.size(); i++) {
      Ask ask = asks.get(i);
      Answer answer = answers.get(i);
      durable.whenComplete(
          (done, failed) ->
              ask.answer()
                  .complete(
                      failed == null ? answer : new Answer.Unavailable("another node leads now")));
    }
  }

  static void refuse(List<Ask> asks, String why) {
    asks.forEach(ask -> ask.answer().complete(new Answer.Unavailable(why)));
  }
}
