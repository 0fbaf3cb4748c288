package dev.berth.lambda.http;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Which media types the sender of a request accepts (RFC 9110, 12.5.1): all where it names none.
 * Parameters but for the weight are of no account, and what is malformed counts as absent.
 */
public record Accept(List<Range> ranges) implements Predicate<String> {

  private static final String ANY = "*";

  /**
   * A media range.
   *
   * @param subtype {@code *} for any, as is {@code type} then for any at all
   * @param excluded whether its weight is 0
   */
  public record Range(String type, String subtype, boolean excluded) {

    private static Stream<Range> parse(String text) {
      String[] parts = text.toLowerCase(Locale.ROOT).split(";", -1);
      String[] names = parts[0].strip().split("/", -1);
      boolean excluded = Arrays.stream(parts).skip(1).anyMatch(Range::isZeroWeight);
      return names.length == 2 && !names[0].isEmpty() && !names[1].isEmpty()
          ? Stream.of(new Range(names[0], names[1], excluded))
          : Stream.empty();
    }

    private static boolean isZeroWeight(String parameter) {
      return parameter.strip().matches("q\\s*=\\s*0(\\.0*)?");
    }

    private boolean includes(String mediaType) {
      return type.equals(ANY)
          || (subtype.equals(ANY) && mediaType.startsWith(type + "/"))
          || mediaType.equals(type + "/" + subtype);
    }

    private int wildcards() {
      return (type.equals(ANY) ? 1 : 0) + (subtype.equals(ANY) ? 1 : 0);
    }
  }

  public static Accept of(Headers headers) {
    return new Accept(
        headers.all("Accept").stream()
            .flatMap(value -> Arrays.stream(value.split(",")))
            .flatMap(Range::parse)
            .toList());
  }

  /** Of several ranges that include the type, the most specific counts. */
  @Override
  public boolean test(String mediaType) {
    return ranges.isEmpty()
        || ranges.stream()
            .filter(range -> range.includes(mediaType))
            .min(Comparator.comparingInt(Range::wildcards))
            .filter(range -> !range.excluded())
            .isPresent();
  }
}
