package dev.berth.lambda.iam;

import dev.berth.core.secret.Sealer;
import dev.berth.lambda.query.Element;
import dev.berth.lambda.query.QueryError;
import dev.berth.lambda.query.QueryRequest;
import dev.berth.registry.store.Page;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/** The pages of listings: {@code MaxItems} and {@code Marker} (IAM API). */
final class Paging {

  private static final int USUAL = 100;
  private static final int MOST = 1000;

  /** Reads for one page, where few of what is read are asked for. */
  private static final int MOST_READS = 10;

  private final Markers markers;

  /**
   * @param sealer of {@code Purpose.PAGE_POSITION}
   */
  Paging(Sealer sealer) {
    this.markers = new Markers(sealer);
  }

  /** What is paged through. */
  @FunctionalInterface
  interface Source<T> {
    Page<T> read(Optional<String> after, int limit);
  }

  /**
   * The page that a request asks for, of those that are wanted. It may have fewer entries than
   * asked for, and yet a next one, as IAM's may.
   *
   * @throws QueryError if the marker is not one of this listing's
   */
  <T> Page<T> page(QueryRequest request, Source<T> source, Predicate<T> wanted) {
    int limit = limit(request);
    List<T> found = new ArrayList<>();
    Optional<String> position = markers.open(request);
    for (int reads = 0; reads < MOST_READS; reads++) {
      Page<T> page = source.read(position, limit - found.size());
      page.entries().stream().filter(wanted).forEach(found::add);
      position = page.next();
      if (position.isEmpty() || found.size() == limit) {
        break;
      }
    }
    return new Page<>(found, position);
  }

  /** Of a list that is read whole: a position is how many entries are before it. */
  <T> Page<T> page(QueryRequest request, List<T> all) {
    return page(request, (after, limit) -> slice(all, after, limit), any -> true);
  }

  static <T> Page<T> slice(List<T> all, Optional<String> after, int limit) {
    int from = Math.min(all.size(), after.map(Integer::parseInt).orElse(0));
    int to = Math.min(all.size(), from + limit);
    return new Page<>(
        all.subList(from, to),
        to < all.size() ? Optional.of(Integer.toString(to)) : Optional.empty());
  }

  private static int limit(QueryRequest request) {
    return request.optionalNumber("MaxItems", 1, MOST).orElse(USUAL);
  }

  /**
   * What a listing answers.
   *
   * @param list the name of the list's element
   * @param member what is said of an entry: the element {@code member}
   */
  <T> List<Element> answer(
      QueryRequest request, String list, Page<T> page, Function<? super T, Element> member) {
    List<Element> elements = new ArrayList<>();
    elements.add(Element.of(list, page.entries().stream().<Element>map(member).toList()));
    elements.add(Element.of("IsTruncated", Boolean.toString(page.next().isPresent())));
    page.next().ifPresent(next -> elements.add(Element.of("Marker", markers.seal(request, next))));
    return elements;
  }
}
