package dev.berth.local.cli;

import dev.berth.local.host.LifecycleNews;
import dev.berth.local.host.LifecycleNews.Expired;
import dev.berth.local.host.LifecycleNews.Failed;
import dev.berth.local.host.LifecycleNews.Found;
import dev.berth.local.host.LifecycleNews.Ran;
import dev.berth.local.host.LifecycleNews.Where;
import dev.berth.local.host.LifecycleNews.WouldExpire;
import dev.berth.local.host.LifecycleQuestion;
import java.io.PrintWriter;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Prints what a run of lifecycle policies tells: for a person at a terminal a table, and a bar
 * while it goes on, else plain lines as they come.
 */
final class LifecycleReport {

  private static final int BAR = 30;
  private static final String RAN = "%-12s  %-12s  %-40s  %8s  %s";
  private static final String WOULD = "%-12s  %-12s  %-40s  %-71s  %-24s  %4s  %-36s  %s";

  private final LifecycleQuestion question;
  private final PrintWriter out;
  private final PrintWriter err;
  private final boolean terminal;
  private boolean begun;
  private int repositories;
  private int done;
  private int images;
  private int failed;

  LifecycleReport(LifecycleQuestion question, PrintWriter out, PrintWriter err, boolean terminal) {
    this.question = question;
    this.out = out;
    this.err = err;
    this.terminal = terminal;
  }

  void take(LifecycleNews news) {
    clearBar();
    switch (news) {
      case Found found -> repositories += found.repositories();
      case Expired more -> images += more.images();
      case Ran ran -> {
        done++;
        print(ran);
      }
      case WouldExpire image -> print(image);
      case Failed it -> {
        done++;
        failed++;
        err.println("berth: " + name(it.where()) + " failed: " + it.why());
        err.flush();
      }
    }
    drawBar();
  }

  /** Nothing is printed any more; the answer is the exit status. */
  int end() {
    clearBar();
    if (repositories == 0) {
      out.println(
          question.repository().map(name -> name + " is not").orElse("no repository is")
              + " under a lifecycle policy");
    }
    out.flush();
    boolean missed = repositories == 0 && question.repository().isPresent();
    return failed > 0 || missed ? 1 : 0;
  }

  private void print(Ran ran) {
    Where where = ran.where();
    if (terminal) {
      // a dry run has said it of each image
      if (!question.dry()) {
        head(RAN.formatted("REGION", "ACCOUNT", "REPOSITORY", "IMAGES", "EXPIRED"));
        out.println(
            RAN.formatted(
                where.region(), where.account(), where.repository(), ran.images(), result(ran)));
      }
    } else {
      out.println(name(where) + ": " + ran.images() + " images, " + result(ran));
    }
    out.flush();
  }

  private String result(Ran ran) {
    int expired = ran.expired().values().stream().mapToInt(Integer::intValue).sum();
    String rules =
        new TreeMap<>(ran.expired())
            .entrySet().stream()
                .map(LifecycleReport::ofRule)
                .collect(Collectors.joining(", ", " (", ")"));
    return expired
        + (question.dry() ? " would expire" : " expired")
        + (expired == 0 ? "" : rules)
        + (ran.left() == 0 ? "" : ", " + ran.left() + " left as they changed meanwhile");
  }

  private static String ofRule(Map.Entry<Integer, Integer> rule) {
    return "rule " + rule.getKey() + ": " + rule.getValue();
  }

  private void print(WouldExpire image) {
    Where where = image.where();
    String tags = image.tags().isEmpty() ? "-" : String.join(",", image.tags());
    if (terminal) {
      head(
          WOULD.formatted(
              "REGION", "ACCOUNT", "REPOSITORY", "DIGEST", "PUSHED AT", "RULE", "WHY", "TAGS"));
      out.println(
          WOULD.formatted(
              where.region(),
              where.account(),
              where.repository(),
              image.digest(),
              image.pushedAt(),
              image.rule(),
              image.why(),
              tags));
    } else {
      out.println(
          "%s: %s pushed at %s, tags %s, would expire by rule %d: %s"
              .formatted(
                  name(where), image.digest(), image.pushedAt(), tags, image.rule(), image.why()));
    }
  }

  private void head(String line) {
    if (!begun) {
      out.println(line);
      begun = true;
    }
  }

  private static String name(Where where) {
    return where.region() + "/" + where.account() + "/" + where.repository();
  }

  private void drawBar() {
    if (terminal && repositories > 0) {
      int full = BAR * done / repositories;
      err.print(
          "\r[%s%s] %d/%d repositories, %d images expired"
              .formatted("#".repeat(full), ".".repeat(BAR - full), done, repositories, images));
      err.flush();
    }
  }

  /** Rows go where the bar was. */
  private void clearBar() {
    if (terminal) {
      err.print("\r\033[K");
      err.flush();
    }
  }
}
