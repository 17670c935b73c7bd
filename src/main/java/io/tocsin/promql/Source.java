package io.tocsin.promql;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** The columns of an instant vector, computed one by one as they are asked for; once. */
interface Source {

  /** Whether no two columns would have the same labels if all lost their metric names. */
  boolean apart();

  /** Hands over each column. */
  void each(Consumer<Column> sink);

  /** All columns at once. */
  default List<Column> list() {
    var columns = new ArrayList<Column>();
    each(columns::add);
    return columns;
  }

  /** Each column as another one. */
  default Source map(UnaryOperator<Column> change) {
    Source inner = this;
    return new Source() {
      @Override
      public boolean apart() {
        return inner.apart();
      }

      @Override
      public void each(Consumer<Column> sink) {
        inner.each(column -> sink.accept(change.apply(column)));
      }
    };
  }
}
