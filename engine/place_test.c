#include "engine/place.h"

#include "util/test.h"

#define SAYS(file, class_name, method, says) EXPECT_STR(place_name(&arena, file, class_name, method), says)

TEST(places_in_java_are_as_the_compiler_names_them)
{
	struct arena arena = ARENA_INIT;

	SAYS("Cart.java", "Cart$Line", "total", "Cart$Line#total");
	SAYS(NULL, "shop.Cart$1", "run", "shop.Cart$1#run");
	SAYS("cart.vary", "Cart$evens$1", "invokeSuspend", "Cart$evens$1#invokeSuspend");
	arena_release(&arena);
}

TEST(what_kotlinc_moved_is_where_it_was_written)
{
	struct arena arena = ARENA_INIT;

	SAYS("Shop.kt", "Cart$Companion", "create", "Cart.Companion#create");
	SAYS("Shop.kt", "ShopKt", "gcd", "Shop.kt#gcd");
	SAYS("Shop.kt", "shop.ShopKt$both$2$x$1", "invokeSuspend", "Shop.kt#both");
	SAYS("Shop.kt", "Cart$Line$sum$1", "invoke", "Cart.Line#sum");
	SAYS("Shop.kt", "shop.Cart$Companion", "create", "shop.Cart.Companion#create");
	SAYS("Shop.kt", "Cents", "isFree-impl", "Cents#isFree");
	SAYS("Shop.kt", "Cents", "constructor-impl", "Cents#init");
	arena_release(&arena);
}

TEST(what_scalac_moved_is_where_it_was_written)
{
	struct arena arena = ARENA_INIT;

	SAYS("Shop.scala", "Cart$$anonfun$cheap$2", "apply", "Cart#cheap");
	SAYS("Shop.scala", "Cart$$anonfun$find$1$$anonfun$apply$3", "apply", "Cart#find");
	SAYS("Shop.scala", "Util$", "gcd", "Util#gcd");
	SAYS("Shop.scala", "Shape$Ops$", "$times$extension", "Shape.Ops#*");
	SAYS("Shop.scala", "Person", "$plus", "Person#+");
	SAYS("Shop.scala", "Greeting$class", "greet$default$1", "Greeting#greet");
	SAYS("Shop.scala", "Parsers$$anon$2", "apply", "Parsers#apply");
	SAYS("Shop.scala", "Person", "initials$lzycompute", "Person#initials");
	arena_release(&arena);
}

TEST(what_groovyc_moved_is_where_it_was_written)
{
	struct arena arena = ARENA_INIT;

	SAYS("Shop.groovy", "Cart$_total_closure1", "doCall", "Cart#total");
	SAYS("Shop.groovy", "Cart$_a_closure1$_closure2", "doCall", "Cart#a");
	arena_release(&arena);
}
