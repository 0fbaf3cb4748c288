package dev.berth.registry.scan.layer;

import java.util.ArrayList;
import java.util.List;

/**
 * Where the pieces of a sparse file are, of which a tar holds one after the other; the rest are
 * holes. GNU tar has written it in four ways: behind the header, in attributes of pax in two ways,
 * and before the content.
 */
final class SparseMap {

  private record Piece(long offset, long length) {}

  private static final int MOST_PIECES = 100_000;

  private final long size;
  private final boolean isBeforeContent;
  private final List<Piece> pieces = new ArrayList<>();

  /**
   * @param size of the file with its holes
   * @param isBeforeContent whether the map itself is the beginning of what the tar holds
   */
  SparseMap(long size, boolean isBeforeContent) {
    this.size = size;
    this.isBeforeContent = isBeforeContent;
  }

  long size() {
    return size;
  }

  void add(long offset, long length) {
    if (offset < 0 || length < 0 || offset > size - length || pieces.size() == MOST_PIECES) {
      throw corrupt();
    }
    pieces.add(new Piece(offset, length));
  }

  /** The file, which has been found to be no larger than may be. */
  byte[] expand(byte[] stored) {
    int at = isBeforeContent ? readMap(stored) : 0;
    byte[] file = new byte[(int) size];
    for (Piece piece : pieces) {
      if (piece.length() > stored.length - at) {
        throw corrupt();
      }
      System.arraycopy(stored, at, file, (int) piece.offset(), (int) piece.length());
      at += (int) piece.length();
    }
    return file;
  }

  /** Lines of decimal numbers: how many pieces, and each one's place and length. */
  private int readMap(byte[] stored) {
    var lines = new DecimalLines(stored);
    long count = lines.next();
    for (long i = 0; i < count; i++) {
      add(lines.next(), lines.next());
    }
    return lines.endOfBlock();
  }

  private static final class DecimalLines {

    private final byte[] text;
    private int at;

    DecimalLines(byte[] text) {
      this.text = text;
    }

    long next() {
      long number = 0;
      while (at < text.length && text[at] >= '0' && text[at] <= '9' && number < 1L << 55) {
        number = number * 10 + text[at] - '0';
        at++;
      }
      if (at == text.length || text[at] != '\n') {
        throw corrupt();
      }
      at++;
      return number;
    }

    int endOfBlock() {
      return (at + TarHeader.BLOCK - 1) / TarHeader.BLOCK * TarHeader.BLOCK;
    }
  }

  static LayerException corrupt() {
    return new LayerException("its tar has a sparse file whose map is corrupt");
  }
}
