package io.tocsin.promql;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.tocsin.label.BoundedRegex;
import io.tocsin.label.Labels;
import io.tocsin.promql.Expr.Call;
import io.tocsin.promql.Result.Columns;
import io.tocsin.template.Captures;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** Functions on labels. */
final class LabelFunctions {

  private LabelFunctions() {}

  /** {@code label_replace(v, target, replacement, source, regex)}. */
  static Result replace(Evaluation evaluation, Call call) {
    String target = name(evaluation, call, 1, "destination");
    String replacement = evaluation.text(call.arguments().get(2));
    String source = evaluation.text(call.arguments().get(3));
    String regex = evaluation.text(call.arguments().get(4));
    Pattern pattern = pattern(regex);
    var results = new ArrayList<Column>();
    for (Column column : evaluation.columns(call.arguments().getFirst())) {
      evaluation.query().charge(0); // a match may take long; the time may be up
      Matcher found = pattern.matcher(column.labels().get(source));
      Labels labels =
          found.matches()
              ? column.labels().with(target, Captures.expand(replacement, found))
              : column.labels();
      results.add(relabeled(column, labels, target, found.matches()));
    }
    return Evaluation.distinct(results);
  }

  /** A name that is set here stays, also where one was leaving. */
  private static Column relabeled(Column column, Labels labels, String target, boolean set) {
    return set && target.equals(Labels.NAME) ? column.named(labels) : column.with(labels);
  }

  private static Pattern pattern(String regex) {
    try {
      return BoundedRegex.compile("^(?s:" + regex + ")$");
    } catch (PatternSyntaxException e) {
      throw Evaluation.failed("invalid regular expression in label_replace(): " + regex);
    }
  }

  private static String name(Evaluation evaluation, Call call, int argument, String what) {
    String name = evaluation.text(call.arguments().get(argument));
    if (!Checks.isLabelName(name)) {
      throw Evaluation.failed(
          "invalid %s label name in %s(): %s"
              .formatted(what, call.function().name(), Strings.quote(name)));
    }
    return name;
  }

  /** {@code label_join(v, target, separator, source...)}. */
  static Result join(Evaluation evaluation, Call call) {
    String target = name(evaluation, call, 1, "destination");
    String separator = evaluation.text(call.arguments().get(2));
    List<String> sources = call.arguments().stream().skip(3).map(evaluation::text).toList();
    var results = new ArrayList<Column>();
    for (Column column : evaluation.columns(call.arguments().getFirst())) {
      String joined =
          sources.stream().map(column.labels()::get).collect(Collectors.joining(separator));
      results.add(relabeled(column, column.labels().with(target, joined), target, true));
    }
    return Evaluation.distinct(results);
  }

  static Result sort(Evaluation evaluation, Call call) {
    return sorted(evaluation, call, 1);
  }

  static Result sortDescending(Evaluation evaluation, Call call) {
    return sorted(evaluation, call, -1);
  }

  private static Result sorted(Evaluation evaluation, Call call, int sign) {
    List<String> names = call.arguments().stream().skip(1).map(evaluation::text).toList();
    Comparator<Column> order =
        (a, b) -> {
          for (String name : names) {
            int compared = natural(a.labels().get(name), b.labels().get(name));
            if (compared != 0) {
              return sign * compared;
            }
          }
          return sign * a.labels().compareTo(b.labels());
        };
    List<Column> columns = evaluation.columns(call.arguments().getFirst());
    if (evaluation.steps().count() > 1) {
      VectorFunctions.warnOfRange(evaluation, call);
      return new Columns(columns);
    }
    return new Columns(columns.stream().sorted(order).toList());
  }

  /** Digits compare as numbers, so that {@code node2} comes before {@code node10}. */
  private static int natural(String a, String b) {
    int i = 0;
    int j = 0;
    while (i < a.length() && j < b.length()) {
      int endA = digits(a, i);
      int endB = digits(b, j);
      int order;
      if (endA > i && endB > j) {
        order =
            new BigInteger(a.substring(i, endA)).compareTo(new BigInteger(b.substring(j, endB)));
        i = endA;
        j = endB;
      } else {
        order = Character.compare(a.charAt(i++), b.charAt(j++));
      }
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(a.length() - i, b.length() - j);
  }

  private static int digits(String text, int from) {
    int end = from;
    while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
      end++;
    }
    return end;
  }
}
