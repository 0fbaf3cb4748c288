package dev.berth.core.scan.index;

import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Rows of as many integers each, while an index is built. */
final class IntRows {

  private final int columns;
  private int[] values = new int[1024];
  private int size;

  IntRows(int columns) {
    this.columns = columns;
  }

  void add(int... row) {
    if ((size + 1) * columns > values.length) {
      values = Arrays.copyOf(values, 2 * values.length);
    }
    System.arraycopy(row, 0, values, size * columns, columns);
    size++;
  }

  int size() {
    return size;
  }

  /** Copies, in the order in which they came. */
  Stream<int[]> stream() {
    return IntStream.range(0, size)
        .mapToObj(row -> Arrays.copyOfRange(values, row * columns, (row + 1) * columns));
  }
}
