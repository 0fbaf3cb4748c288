package dev.berth.local.cli;

import dev.berth.local.host.FeedsQuestion;
import dev.berth.registry.scan.update.FeedNews;
import dev.berth.registry.scan.update.FeedNews.Ended;
import dev.berth.registry.scan.update.FeedNews.Failed;
import dev.berth.registry.scan.update.FeedNews.Imported;
import dev.berth.registry.scan.update.FeedNews.Kept;
import dev.berth.registry.scan.update.FeedNews.Planned;
import dev.berth.registry.scan.update.FeedNews.Reading;
import dev.berth.registry.scan.update.FeedUpdate.Outcome;
import java.io.PrintWriter;

/** Prints what an update of feeds tells: lines as they come, and at a terminal a bar below them. */
final class FeedsReport {

  private static final int BAR = 30;

  private final FeedsQuestion question;
  private final PrintWriter out;
  private final PrintWriter err;
  private final boolean terminal;
  private int feeds;
  private int done;
  private int kept;
  private int absent;
  private int failed;
  private boolean notDone;
  private String reading = "";

  FeedsReport(FeedsQuestion question, PrintWriter out, PrintWriter err, boolean terminal) {
    this.question = question;
    this.out = out;
    this.err = err;
    this.terminal = terminal;
  }

  void take(FeedNews news) {
    clearBar();
    switch (news) {
      case Planned planned -> feeds += planned.feeds();
      case Reading it -> reading = ", %s: %d MB".formatted(it.feed(), it.bytes() >> 20);
      case Imported it -> {
        done++;
        say("%s: %d records".formatted(it.feed(), it.records()));
      }
      case Kept it -> {
        done++;
        kept += it.absent() ? 0 : 1;
        absent += it.absent() ? 1 : 0;
      }
      case Failed it -> {
        done += it.feeds();
        failed++;
        err.println(
            "berth: %s failed, what is in force of it stays: %s".formatted(it.feed(), it.why()));
        err.flush();
      }
      case Ended it -> end(it);
    }
    drawBar();
  }

  private void say(String line) {
    reading = "";
    out.println(line);
    out.flush();
  }

  private void end(Ended ended) {
    feeds = 0;
    notDone |= ended.outcome() == Outcome.BUSY || ended.outcome() == Outcome.OVERTAKEN;
    say(
        ended.region()
            + switch (ended.outcome()) {
              case UPDATED -> ": updated";
              case UNCHANGED -> ": nothing is new";
              case OVERTAKEN -> ": another update was faster";
              case BUSY -> ": an update is under way already";
            });
  }

  /** Nothing is printed any more; the answer is the exit status. */
  int end() {
    clearBar();
    if (kept > 0) {
      out.println("%d feeds are as they were".formatted(kept));
    }
    boolean nothing = done > 0 && absent == done;
    if (nothing) {
      err.println(
          "berth: %s has none of the feeds, which are to be named as debian.zip and the like"
              .formatted(question.from().orElse("the source")));
    }
    out.flush();
    err.flush();
    return failed > 0 || notDone || nothing ? 1 : 0;
  }

  private void drawBar() {
    if (terminal && feeds > 0) {
      int full = BAR * Math.min(done, feeds) / feeds;
      err.print(
          "\r[%s%s] %d/%d feeds%s"
              .formatted("#".repeat(full), ".".repeat(BAR - full), done, feeds, reading));
      err.flush();
    }
  }

  /** Lines go where the bar was. */
  private void clearBar() {
    if (terminal) {
      err.print("\r\033[K");
      err.flush();
    }
  }
}
