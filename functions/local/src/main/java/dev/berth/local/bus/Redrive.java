package dev.berth.local.bus;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.berth.registry.store.StoreException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Puts dead letters back into the queues of their rules. A crash loses none, and has those of one
 * rule delivered twice at most.
 *
 * @param directory of the letters of all rules
 * @param lettersOf a rule
 * @param queues takes events of a rule; returns when they are on the disk
 */
record Redrive(Path directory, Function<String, DeadLetters> lettersOf, Queues queues) {

  private static final System.Logger LOG = System.getLogger(Redrive.class.getName());
  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final int TOGETHER = 100;

  /** Where letters go. */
  @FunctionalInterface
  interface Queues {
    void add(String rule, List<String> events);
  }

  /** The rules that have letters. */
  List<String> rules() {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    // those of Berth's own rules are in a directory of their region
    try (Stream<Path> files = Files.walk(directory, 2)) {
      return List.copyOf(
          new TreeSet<>(
              files
                  .filter(Files::isRegularFile)
                  .map(file -> rule(directory.relativize(file).toString()))
                  .flatMap(Optional::stream)
                  .toList()));
    } catch (IOException e) {
      throw new StoreException("dead letters cannot be found in " + directory, e);
    }
  }

  private static Optional<String> rule(String file) {
    return Stream.of(DeadLetters.FILE, DeadLetters.FILE + DeadLetters.ASIDE)
        .filter(file::endsWith)
        .map(suffix -> file.substring(0, file.length() - suffix.length()))
        .findFirst();
  }

  /**
   * Puts back what there is of a rule. Lines that are no letters stay.
   *
   * @return how many letters
   */
  long run(String rule) {
    DeadLetters letters = lettersOf.apply(rule);
    long leftByACrash = letters.areAside() ? putBack(letters) : 0;
    return letters.setAside() ? leftByACrash + putBack(letters) : leftByACrash;
  }

  /** How many lines there are of a rule, which stay. */
  long count(String rule) {
    DeadLetters letters = lettersOf.apply(rule);
    return lines(letters.file()) + lines(letters.aside());
  }

  private static long lines(Path file) {
    try (var lines = reader(file)) {
      return lines.lines().filter(line -> !line.isBlank()).count();
    } catch (NoSuchFileException e) {
      return 0;
    } catch (IOException | UncheckedIOException e) {
      throw new StoreException("dead letters cannot be read: " + file, e);
    }
  }

  /** What a crash cut off may be no UTF-8: a reader of this kind does not mind. */
  private static BufferedReader reader(Path file) throws IOException {
    return new BufferedReader(new InputStreamReader(Files.newInputStream(file), UTF_8));
  }

  private long putBack(DeadLetters letters) {
    List<String> unreadable = new ArrayList<>();
    long count = putBack(letters, unreadable);
    if (!unreadable.isEmpty()) {
      LOG.log(
          System.Logger.Level.WARNING,
          "rule {0}: {1} lines are no dead letters, and stay",
          letters.rule(),
          unreadable.size());
      letters.append(unreadable);
    }
    letters.removeAside();
    return count;
  }

  private long putBack(DeadLetters letters, List<String> unreadable) {
    long count = 0;
    try (var lines = reader(letters.aside())) {
      List<String> events = new ArrayList<>();
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        event(line).ifPresentOrElse(events::add, unreadable(line, unreadable));
        if (events.size() == TOGETHER) {
          count += putBack(letters.rule(), events);
        }
      }
      return count + putBack(letters.rule(), events);
    } catch (IOException e) {
      throw new StoreException("dead letters cannot be read: " + letters.aside(), e);
    }
  }

  private long putBack(String rule, List<String> events) {
    int count = events.size();
    if (count > 0) {
      queues.add(rule, List.copyOf(events));
      events.clear();
    }
    return count;
  }

  private static Runnable unreadable(String line, List<String> unreadable) {
    return () -> {
      if (!line.isBlank()) {
        unreadable.add(line);
      }
    };
  }

  private static Optional<String> event(String line) {
    try {
      JsonNode event = MAPPER.readTree(line).path("event");
      return event.isObject() ? Optional.of(event.toString()) : Optional.empty();
    } catch (JacksonException e) {
      return Optional.empty();
    }
  }
}
