package dev.berth.local.bus;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.function.Predicate;

/** Follows an {@link EventLog}, whether or not a host is writing it, or ever has. */
public final class EventTail {

  private final Path directory;

  /** The file that is being read, by its number; everything before it has been. */
  private long number;

  private long position;

  public EventTail(Path directory) {
    this.directory = directory;
  }

  /** Passes over what there is, and returns the last events of those that are wanted. */
  public List<String> last(int count, Predicate<String> wanted) {
    Queue<String> kept = new ArrayDeque<>();
    for (List<String> more = next(); !more.isEmpty(); more = next()) {
      more.stream().filter(wanted).forEach(kept::add);
      while (kept.size() > count) {
        kept.remove();
      }
    }
    return List.copyOf(kept);
  }

  /** Events that have come since; none if there are none yet. */
  public List<String> next() {
    try {
      while (true) {
        // whether there is a later file is asked first: then this one is complete
        var later = EventLog.files(directory).higherEntry(number);
        List<String> lines = number == 0 ? List.of() : read(directory.resolve(name()));
        if (!lines.isEmpty() || later == null) {
          return lines;
        }
        begin(later);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("events cannot be read in " + directory, e);
    }
  }

  private void begin(Map.Entry<Long, Path> file) {
    number = file.getKey();
    position = 0;
  }

  private String name() {
    return "%010d.jsonl".formatted(number);
  }

  /** The whole lines behind the position. */
  private List<String> read(Path file) throws IOException {
    try (var channel = FileChannel.open(file)) {
      ByteBuffer bytes = ByteBuffer.allocate((int) Math.max(0, channel.size() - position));
      while (bytes.hasRemaining() && channel.read(bytes, position + bytes.position()) > 0) {
        // until all is there
      }
      return lines(bytes.flip());
    } catch (NoSuchFileException e) {
      // it was among the oldest
      return List.of();
    }
  }

  private List<String> lines(ByteBuffer bytes) {
    List<String> lines = new ArrayList<>();
    int begin = 0;
    for (int i = 0; i < bytes.limit(); i++) {
      if (bytes.get(i) == '\n') {
        lines.add(new String(bytes.array(), begin, i - begin, UTF_8));
        begin = i + 1;
      }
    }
    position += begin;
    return lines;
  }
}
