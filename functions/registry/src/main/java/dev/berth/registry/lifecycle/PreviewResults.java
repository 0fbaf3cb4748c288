package dev.berth.registry.lifecycle;

import dev.berth.registry.store.Action;
import dev.berth.registry.store.Item;
import dev.berth.registry.store.Key;
import dev.berth.registry.store.Keys;
import dev.berth.registry.store.Page;
import dev.berth.registry.store.Table;
import dev.berth.registry.store.Table.Consistency;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * The results of previews: items of up to {@value #PER_PART} lines each, which end earlier where
 * the lines are long.
 */
final class PreviewResults {

  /** As many as a page of an answer has. */
  static final int PER_PART = 100;

  /** Beyond this an item takes no further line; no line is longer than 130 KB. */
  private static final int LONG_PART = 100 * 1024;

  /** With what their keys add, well below a transaction's 4 MB, and a call's 16 MB. */
  private static final int PARTS_PER_CALL = 15;

  /** A page with more tags ends: it has to fit into one answer. */
  private static final int MOST_TAGS = 10_000;

  private static final String LINES = "lines";

  private final Table table;

  PreviewResults(Table table) {
    this.table = table;
  }

  /** A place among results: a part, and an image in it, both from 0. */
  private record Position(int part, int image) {

    static Position parse(String text) {
      int comma = text.indexOf(',');
      return new Position(
          Integer.parseInt(text.substring(0, comma)), Integer.parseInt(text.substring(comma + 1)));
    }

    @Override
    public String toString() {
      return part + "," + image;
    }
  }

  /**
   * Writes results, as long as the preview is the repository's.
   *
   * @return how many parts they have; empty if another preview has taken its place
   */
  Optional<Integer> write(Preview preview, List<ExpiringImage> images) {
    List<Item> parts = parts(preview, images);
    for (int from = 0; from < parts.size(); from += PARTS_PER_CALL) {
      List<Action> actions = new ArrayList<>();
      actions.add(isCurrent(preview));
      parts
          .subList(from, Math.min(from + PARTS_PER_CALL, parts.size()))
          .forEach(part -> actions.add(Action.put(part)));
      if (!table.transact(actions).committed()) {
        return Optional.empty();
      }
    }
    return Optional.of(parts.size());
  }

  private static Action isCurrent(Preview preview) {
    return Action.check(Keys.previewOf(preview.repositoryId()), PreviewItem.isRun(preview.run()));
  }

  private static List<Item> parts(Preview preview, List<ExpiringImage> images) {
    List<Item> parts = new ArrayList<>();
    List<String> lines = new ArrayList<>();
    int length = 0;
    for (ExpiringImage image : images) {
      lines.add(image.line());
      length += lines.getLast().length();
      if (lines.size() == PER_PART || length > LONG_PART) {
        parts.add(part(preview, parts.size(), lines));
        lines.clear();
        length = 0;
      }
    }
    if (!lines.isEmpty()) {
      parts.add(part(preview, parts.size(), lines));
    }
    return parts;
  }

  private static Item part(Preview preview, int number, List<String> lines) {
    return Item.at(Keys.previewResults(preview.repositoryId(), preview.run(), number))
        .number(Keys.FORMAT_ATTRIBUTE, Keys.FORMAT)
        .text(LINES, String.join("\n", lines))
        .build();
  }

  /**
   * Some of a complete preview's results.
   *
   * @param after a {@link Page#next} of before
   * @param wanted which of them
   * @param limit how many, at least 1; a page of many tags holds fewer
   * @return empty if another preview has taken its place
   */
  Optional<Page<ExpiringImage>> page(
      Preview preview, Predicate<ExpiringImage> wanted, Optional<String> after, int limit) {
    Position start = after.map(Position::parse).orElse(new Position(0, 0));
    var page = new PageBuilder(wanted, limit);
    int perCall = 1;
    for (int part = start.part(); part < preview.parts(); ) {
      List<Key> keys = keys(preview, part, perCall);
      Map<Key, Item> items = table.get(keys, Consistency.STRONG);
      if (items.size() < keys.size()) {
        return Optional.empty();
      }
      for (Key key : keys) {
        int first = part == start.part() ? start.image() : 0;
        Optional<Integer> stop = page.add(read(items.get(key)), first);
        if (stop.isPresent()) {
          return Optional.of(page.build(Optional.of(new Position(part, stop.get()))));
        }
        part++;
      }
      perCall = Math.min(2 * perCall, PARTS_PER_CALL);
    }
    return Optional.of(page.build(Optional.empty()));
  }

  /** Collects the results that are wanted until a page is full. */
  private static final class PageBuilder {

    private final Predicate<ExpiringImage> wanted;
    private final int limit;
    private final List<ExpiringImage> images = new ArrayList<>();
    private int tags;

    PageBuilder(Predicate<ExpiringImage> wanted, int limit) {
      this.wanted = wanted;
      this.limit = limit;
    }

    /**
     * @return the first image that has no place on the page any more, if there is one
     */
    Optional<Integer> add(List<ExpiringImage> part, int first) {
      for (int i = first; i < part.size(); i++) {
        ExpiringImage image = part.get(i);
        if (wanted.test(image)) {
          if (images.size() == limit || tags >= MOST_TAGS) {
            return Optional.of(i);
          }
          images.add(image);
          tags += image.tags().size();
        }
      }
      return Optional.empty();
    }

    Page<ExpiringImage> build(Optional<Position> next) {
      return new Page<>(images, next.map(Position::toString));
    }
  }

  private static List<Key> keys(Preview preview, int from, int most) {
    return IntStream.range(from, Math.min(from + most, preview.parts()))
        .mapToObj(part -> Keys.previewResults(preview.repositoryId(), preview.run(), part))
        .toList();
  }

  private static List<ExpiringImage> read(Item part) {
    return part.text(LINES).lines().map(ExpiringImage::parse).toList();
  }

  /** Removes what runs before this one have left, as long as the preview is the repository's. */
  void removeOthers(Preview preview) {
    String own = preview.run() + "#";
    String partition = Keys.preview(preview.repositoryId());
    Optional<String> position = Optional.of(Keys.previewOf(preview.repositoryId()).sort());
    while (position.isPresent()) {
      Page<Item> rows = table.query(partition, "", position, Table.MOST - 1, Consistency.STRONG);
      List<Action> actions = new ArrayList<>();
      actions.add(isCurrent(preview));
      rows.entries().stream()
          .filter(row -> !row.key().sort().startsWith(own))
          .forEach(row -> actions.add(Action.delete(row.key())));
      if (actions.size() > 1 && !table.transact(actions).committed()) {
        return;
      }
      position = rows.next();
    }
  }
}
