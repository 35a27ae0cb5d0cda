/* SPDX-License-Identifier: GPL-2.0-or-later */
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.CharArraySet;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TopScoreDocCollector;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.util.QueryBuilder;

/**
 * Lucene 8 as a peer of scripts/bench; see peer.h. EnglishAnalyzer without stop
 * words, since phrases of them are asked for; phrases are of stems. Its
 * PrefixQuery does not rank. The time is that of the thread that searches, without
 * the compiler's and the collector's.
 */
public final class Lucene {
    private static final int REPETITIONS = 5;
    /** Rounds over all queries before the first that is timed. */
    private static final int WARMING = 20;
    private static final Analyzer ANALYZER =
        new EnglishAnalyzer(CharArraySet.EMPTY_SET);
    private static final ThreadMXBean THREADS =
        ManagementFactory.getThreadMXBean();

    private static void index(String source, String target) throws IOException {
        var config = new IndexWriterConfig(ANALYZER);

        config.setRAMBufferSizeMB(256);
        try (var directory = FSDirectory.open(Path.of(target));
             var writer = new IndexWriter(directory, config);
             BufferedReader lines = Files.newBufferedReader(Path.of(source))) {
            for (String line; (line = lines.readLine()) != null;) {
                int tab = line.indexOf('\t');
                var document = new Document();

                document.add(new StringField("id", line.substring(0, tab),
                                             Field.Store.YES));
                document.add(new TextField("text", line.substring(tab + 1),
                                           Field.Store.YES));
                writer.addDocument(document);
            }
            writer.commit();
        }
    }

    /** One segment, as the others are when they are asked. */
    private static void compact(String target) throws IOException {
        try (var directory = FSDirectory.open(Path.of(target));
             var writer = new IndexWriter(directory,
                                          new IndexWriterConfig(ANALYZER))) {
            writer.forceMerge(1);
            writer.commit();
        }
    }

    private static Query query(String kind, String words) {
        var builder = new QueryBuilder(ANALYZER);

        if (kind.equals("prefix"))
            return new PrefixQuery(new Term("text", words));
        if (kind.equals("phrase"))
            return builder.createPhraseQuery("text", words);
        var all = new BooleanQuery.Builder();
        for (String word : words.split(" "))
            all.add(builder.createBooleanQuery("text", word),
                    kind.equals("or") ? BooleanClause.Occur.SHOULD
                                      : BooleanClause.Occur.MUST);
        return all.build();
    }

    private static int run(IndexSearcher searcher, String kind, String words,
                           boolean count) throws IOException {
        var collector = TopScoreDocCollector.create(
            10, count ? Integer.MAX_VALUE : 1000);

        searcher.search(query(kind, words), collector);
        return (int) collector.topDocs().totalHits.value;
    }

    private static double median(IndexSearcher searcher, String kind,
                                 String words, boolean count)
            throws IOException {
        var times = new double[REPETITIONS];

        run(searcher, kind, words, count);
        for (int i = 0; i < REPETITIONS; i++) {
            long start = THREADS.getCurrentThreadCpuTime();

            run(searcher, kind, words, count);
            times[i] = (THREADS.getCurrentThreadCpuTime() - start) / 1e3;
        }
        Arrays.sort(times);
        return times[REPETITIONS / 2];
    }

    private static void queries(String target, String path) throws IOException {
        var lines = Files.readAllLines(Path.of(path));

        try (var directory = FSDirectory.open(Path.of(target));
             var reader = DirectoryReader.open(directory)) {
            var searcher = new IndexSearcher(reader);

            searcher.setQueryCache(null);
            for (int round = 0; round < WARMING; round++)
                for (String line : lines) {
                    String[] columns = line.split("\t");
                    run(searcher, columns[1], columns[2], round % 2 == 0);
                }
            for (String line : lines) {
                String[] columns = line.split("\t");

                System.out.printf("%.1f\t%.1f\t%d%n",
                    median(searcher, columns[1], columns[2], false),
                    median(searcher, columns[1], columns[2], true),
                    run(searcher, columns[1], columns[2], true));
            }
        }
    }

    public static void main(String[] arguments) throws IOException {
        switch (arguments[0]) {
        case "index" -> index(arguments[1], arguments[2]);
        case "compact" -> compact(arguments[1]);
        default -> queries(arguments[1], arguments[2]);
        }
    }
}
