package dev.berth.local.bus;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import dev.berth.local.files.PrivateFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.List;
import java.util.stream.Collectors;

/** The events that a rule's target did not take, each a line of JSON in the rule's own file. */
final class DeadLetters {

  private static final System.Logger LOG = System.getLogger(DeadLetters.class.getName());

  private final Path directory;
  private final String rule;
  private final Clock clock;

  DeadLetters(Path directory, String rule, Clock clock) {
    this.directory = directory;
    this.rule = rule;
    this.clock = clock;
  }

  /** Returns when they are on the disk. */
  synchronized void add(List<String> events, int tries, String reason) {
    Path file = directory.resolve(rule + ".jsonl");
    LOG.log(System.Logger.Level.WARNING, "rule {0}: events not delivered, kept in {1}", rule, file);
    try {
      PrivateFiles.createDirectories(directory);
      try (var channel =
          FileChannel.open(
              file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
        String text = (endsInALine(channel) ? "" : "\n") + lines(events, tries, reason);
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(UTF_8));
        channel.position(channel.size());
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
        channel.force(true);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("a dead letter cannot be written to " + file, e);
    }
  }

  /** A crash may have cut off the last one, which was written again then. */
  private static boolean endsInALine(FileChannel channel) throws IOException {
    ByteBuffer last = ByteBuffer.allocate(1);
    return channel.size() == 0
        || channel.read(last, channel.size() - 1) == 1 && last.get(0) == '\n';
  }

  private String lines(List<String> events, int tries, String reason) {
    return events.stream()
        .map(event -> line(event, tries, reason) + "\n")
        .collect(Collectors.joining());
  }

  private String line(String event, int tries, String reason) {
    ObjectNode letter = JsonNodeFactory.instance.objectNode();
    letter
        .put("rule", rule)
        .put("time", clock.instant().toString())
        .put("tries", tries)
        .put("reason", reason)
        .putRawValue("event", new RawValue(event));
    return letter.toString();
  }
}
