package dev.berth.core.scan.feed.oval;

import dev.berth.core.scan.feed.FeedXml;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A node of criteria. Where all must hold, each narrows down the others: "Oracle Linux 8 is
 * installed", "Oracle Linux arch is aarch64", "Module nodejs:16 is enabled", "openssl is
 * ksplice-based" say what a build beside or below them is for.
 */
record Criteria(boolean all, List<String> comments, List<Criteria> children) {

  static final Criteria NONE = new Criteria(true, List.of(), List.of());

  private static final Pattern EARLIER = Pattern.compile("(\\S+) is earlier than (\\S+)");
  private static final Pattern RELEASE = Pattern.compile("Oracle Linux (\\d+) is installed");
  private static final Pattern ARCHITECTURE = Pattern.compile("Oracle Linux arch is (\\S+)");
  private static final Pattern MODULE = Pattern.compile("Module (\\S+) is enabled");
  private static final Pattern KSPLICE = Pattern.compile("\\S+ is ksplice-based");
  private static final Pattern FIPS = Pattern.compile("\\S+ is fips patched");

  /** What a build is for; empty where nothing says so. */
  record Context(String release, String architecture, String module, String flavour) {

    static final Context NONE = new Context("", "", "", "");

    Context and(String comment) {
      return new Context(
          first(RELEASE, comment, release),
          first(ARCHITECTURE, comment, architecture),
          first(MODULE, comment, module),
          flavour(comment));
    }

    private String flavour(String comment) {
      if (KSPLICE.matcher(comment).matches()) {
        return "ksplice";
      }
      return FIPS.matcher(comment).matches() ? "fips" : flavour;
    }

    private static String first(Pattern pattern, String comment, String otherwise) {
      Matcher matcher = pattern.matcher(comment);
      return matcher.matches() ? matcher.group(1) : otherwise;
    }
  }

  /** A build that has the fix. */
  record FixedBuild(String name, String version, Context context) {}

  /** Reads the element that was just entered. */
  static Criteria read(FeedXml xml) {
    boolean all = !xml.attribute("operator").equals("OR");
    List<String> comments = new ArrayList<>();
    List<Criteria> children = new ArrayList<>();
    while (xml.nextChild()) {
      if (xml.is("criteria")) {
        children.add(read(xml));
      } else {
        comments.add(xml.attribute("comment").strip());
        xml.skip();
      }
    }
    return new Criteria(all, comments, children);
  }

  Stream<FixedBuild> builds() {
    return builds(Context.NONE);
  }

  private Stream<FixedBuild> builds(Context outer) {
    Context context = all ? narrowed(outer) : outer;
    return Stream.concat(
        comments.stream().flatMap(comment -> build(comment, context)),
        children.stream().flatMap(child -> child.builds(context)));
  }

  private Context narrowed(Context outer) {
    Context context = outer;
    for (String comment : comments) {
      context = context.and(comment);
    }
    return context;
  }

  private static Stream<FixedBuild> build(String comment, Context context) {
    Matcher earlier = EARLIER.matcher(comment);
    return earlier.matches()
        ? Stream.of(new FixedBuild(earlier.group(1), withoutZero(earlier.group(2)), context))
        : Stream.empty();
  }

  /** No epoch and epoch 0 are the same. */
  private static String withoutZero(String version) {
    return version.startsWith("0:") ? version.substring(2) : version;
  }
}
